"""`mailer migrate`: bring the database to what this version needs."""

import click
import flask_migrate
from flask import current_app
from sqlalchemy import text

from mailer.cli.opened import opened
from mailer.db import db
from mailer.resources import folder
from mailer.subscriptions import index_ddl


def bring_up_to_date() -> None:
    """Create or change the tables of the current app; nothing when they are as they should be."""
    flask_migrate.Migrate(current_app, db)
    flask_migrate.upgrade(directory=str(folder("migrations")))
    _index_parts()


def _index_parts() -> None:
    """Index parts of addresses, should the extension for it be there since the last time."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text(index_ddl.PARTS))


@click.command()
def migrate() -> None:
    """Bring the database to what this version needs."""
    with opened():
        bring_up_to_date()
    click.echo("The database is up to date.")
