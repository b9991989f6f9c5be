"""`mailer migrate`: bring the database to what this version needs, or over from SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import flask_migrate
from flask import Flask, current_app
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from mailer.backups import outgrowing
from mailer.cli import serving
from mailer.cli.opened import opened
from mailer.clock import now
from mailer.db import be_unhurried, db, transaction
from mailer.errors import Conflict, Invalid
from mailer.resources import folder
from mailer.subscriptions import index_ddl
from mailer.worker import beats

# PostgreSQL's lock_not_available, and what SQLite says.
LOCKED = ("55P03", "database is locked")


def bring_up_to_date() -> None:
    """Create or change the tables of the current app; nothing when they are as they should be."""
    flask_migrate.Migrate(current_app, db)
    with serving.turn(Path(current_app.config["DATA_FOLDER"])), _waited_for():
        flask_migrate.upgrade(directory=str(folder("migrations")))
    _index_parts()


@contextmanager
def _waited_for() -> Iterator[None]:
    """Say so when somebody else holds what is needed for longer than one waits."""
    try:
        yield
    except OperationalError as error:
        if any(sign in (getattr(error.orig, "sqlstate", None) or str(error)) for sign in LOCKED):
            raise click.ClickException(
                "the database is in use: another process migrates it, or works on its tables."
                " Nothing was changed; try again in a minute."
            ) from None
        raise


def _index_parts() -> None:
    """Index parts of addresses, should the extension for it be there since the last time."""
    if db.engine.dialect.name == "postgresql":
        with transaction():
            be_unhurried()
            db.session.execute(text(index_ddl.PARTS))


@click.command(
    epilog="""\b
Examples:
  mailer migrate
  mailer migrate --from-sqlite /srv/mailer/mailer.sqlite
"""
)
@click.option(
    "--from-sqlite",
    "source",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fill the empty PostgreSQL database of the settings from that file; stop mailer before.",
)
def migrate(source: Path | None) -> None:
    """Bring the database to what this version needs.

    With --from-sqlite, everything of an office that outgrew its file is carried over, counted and
    verified in one transaction: after a fault the new database is as empty as it was.
    """
    with opened() as app:
        if source is not None:
            _carry(app, source)
        else:
            bring_up_to_date()
            click.echo("The database is up to date.")


def _carry(app: Flask, source: Path) -> None:
    try:
        with serving.alone(Path(app.config["DATA_FOLDER"])):
            outgrowing.fits(source, now() - beats.SILENT)
            bring_up_to_date()
            carried = outgrowing.carry(source, lambda name, rows: click.echo(f"{rows:>12}  {name}"))
    except (Conflict, Invalid) as error:
        raise click.ClickException(f"{error}.") from None
    click.echo(
        f"{sum(carried.rows.values())} rows came over. The ledger is whole, to event {carried.seq},"
        " and so is the record of the desk. Start mailer again, and keep the file as a backup."
    )
