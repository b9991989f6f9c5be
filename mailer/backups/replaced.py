"""The database that is here, before another takes its place: at rest, and nothing in it is lost.

What the journals beside the data do not hold yet would be: jobs write erasures and each no there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from mailer import schema
from mailer.consent import withdrawals
from mailer.db import Base, db
from mailer.errors import Conflict
from mailer.rights import journal


class Unreadable(Conflict):
    """Nobody can say what the database that is here holds."""


def let_go(alive_since: datetime) -> None:
    """Write into the journals whom the database that is here alone knows as erased, or as gone.

    Raises Conflict while a worker is at it, Unreadable when it cannot be read.
    """
    with _read() as connection:
        if schema.held(connection) is None:
            return
        # The beats that come in with a backup are not those of today.
        if not schema.is_half_restored(connection):
            check_rests(connection, alive_since)
        lines = [journal.Line(row.fingerprint, row.at) for row in journal.unwritten()]
        withdrawals.write()
    journal.append(lines)


def check_rests(connection: Connection, alive_since: datetime) -> None:
    """Raise Conflict when a worker was at this database since then, on whatever machine."""
    beat = Base.metadata.tables["worker_beat"]
    if connection.scalar(select(beat.c.worker).where(beat.c.beat_at >= alive_since).limit(1)):
        raise Conflict("a worker was at this database a minute ago: stop mailer, and wait a minute")


@contextmanager
def _read() -> Iterator[Connection]:
    try:
        yield db.session.connection()
    except (DBAPIError, sqlite3.Error) as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise Unreadable(
            f"the database that is here cannot be read ({said}), and may know of erasures and"
            f" withdrawals that {journal.FILE} and {withdrawals.FILE} do not hold yet. Mend it, or"
            " add --accept-loss: these people will be back"
        ) from None
    finally:
        db.session.remove()
