"""The application, for a command that does one thing and ends."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from mailer.app import create_app
from mailer.db import db
from mailer.monitoring import readiness

# How the audit record names whoever types on the machine itself, and says no name.
OPERATOR = "operator"


@contextmanager
def opened() -> Iterator[Flask]:
    """The application with the operator's settings; its connections are closed at the end.

    A command that stumbles over tables of another version, or none, says which folder it looked
    into and what to run.
    """
    app = create_app()
    with app.app_context():
        try:
            yield app
        except (OperationalError, ProgrammingError) as error:
            db.session.rollback()
            if readiness.is_up_to_date():
                raise
            raise click.ClickException(_cure(app)) from error
        finally:
            db.session.remove()
            db.engine.dispose()


def _cure(app: Flask) -> str:
    return (
        f"the database of {app.config['DATA_FOLDER']} has no tables, or those of another version:"
        " run `mailer migrate`, or set MAILER_DATA_FOLDER to the folder that is meant"
        " (instance/demo is that of the demonstration)."
    )
