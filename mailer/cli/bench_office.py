"""An office that is there for one measurement: nothing of the operator's is read or written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory

import click
from flask import Flask

from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.db import db
from mailer.settings import Value

DATABASE = click.option(
    "--database", default="", help="An empty PostgreSQL database; SQLite where none is named."
)


@dataclass(frozen=True)
class Office:
    """Its application, and the settings with which another process works in it."""

    app: Flask
    settings: dict[str, Value]


@contextmanager
def office(database: str = "", settings: Mapping[str, Value] | None = None) -> Iterator[Office]:
    """An empty one in a folder of its own, and in its context; it is gone after the block."""
    with TemporaryDirectory() as folder:
        place: dict[str, Value] = {"DATA_FOLDER": folder, "DATABASE_URL": database}
        values = place | {"QUEUE_URL": ""} | dict(settings or {})
        app = create_app(values)
        with app.app_context():
            bring_up_to_date()
            try:
                yield Office(app, values)
            finally:
                db.session.remove()
                db.engine.dispose()
