"""`mailer migrate`: bring the database to what this version needs."""

import click
import flask_migrate
from flask import current_app

from mailer.cli.opened import opened
from mailer.db import db
from mailer.resources import folder


def bring_up_to_date() -> None:
    """Create or change the tables of the current app; nothing when they are as they should be."""
    flask_migrate.Migrate(current_app, db)
    flask_migrate.upgrade(directory=str(folder("migrations")))


@click.command()
def migrate() -> None:
    """Bring the database to what this version needs."""
    with opened():
        bring_up_to_date()
    click.echo("The database is up to date.")
