"""The application, for a command that does one thing and ends."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from mailer.app import create_app
from mailer.db import db

# How the audit record names whoever types on the machine itself, and says no name.
OPERATOR = "operator"


@contextmanager
def opened() -> Iterator[Flask]:
    """The application with the operator's settings; its connections are closed at the end."""
    app = create_app()
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
