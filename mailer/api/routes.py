"""Every resource of the API, in the order of its document and of its page."""

from flask import Flask

from mailer.api import public
from mailer.api.resources import RESOURCES


def install(app: Flask) -> None:
    """Answer programs below /api/v1, and people at /api."""
    app.register_blueprint(public.bp)
    for resource in RESOURCES:
        app.register_blueprint(resource)
