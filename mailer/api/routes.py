"""What the API adds to the application: its page for people, and its routes."""

from flask import Flask

from mailer.api import public
from mailer.api.resources import RESOURCES


def install(app: Flask) -> None:
    """Answer programs below /api/v1, and people at /api."""
    app.register_blueprint(public.bp)
    for resource in RESOURCES:
        app.register_blueprint(resource)
