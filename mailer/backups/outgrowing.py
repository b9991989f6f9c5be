"""An office that outgrew its SQLite file goes over to PostgreSQL: all of it, or nothing.

fits | tables in the order of their keys ─ numbers that go on ─ counted ─ chains verified | commit
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy import (
    Connection,
    NullPool,
    Table,
    create_engine,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError

from mailer import schema
from mailer.audit import verification as audit
from mailer.backups import dumps, manifest, replaced
from mailer.backups.dumps import Held
from mailer.consent import bulk
from mailer.consent import verification as ledger
from mailer.db import Base, be_unhurried, db, transaction
from mailer.delivery.states import UNDER_WAY
from mailer.errors import Conflict, Invalid

ROWS_AT_ONCE = 5_000
Tell = Callable[[str, int], None]
# Numbers that stand in links are given once: also those whose row is gone already.
GIVEN = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
CONTINUE = text("SELECT setval(pg_get_serial_sequence(:name, :column), :last)")


def fits(source: Path, alive_since: datetime) -> None:
    """Raise Conflict or Invalid for what cannot be carried over: nothing was changed."""
    if db.engine.dialect.name != "postgresql":
        raise Conflict("DATABASE_URL must name the PostgreSQL database that is to be filled")
    dumps.check(source)
    with _opened(source) as connection:
        _check_version(connection)
        if schema.is_half_restored(connection):
            raise Conflict(schema.HALF_RESTORED_SAID)
        replaced.check_rests(connection, alive_since)
        campaign = Base.metadata.tables["campaign"]
        if connection.scalar(select(campaign.c.id).where(campaign.c.state.in_(UNDER_WAY)).limit(1)):
            raise Conflict("a campaign is leaving: let it end, or pause it at the desk")


def _check_version(connection: Connection) -> None:
    found, needed = schema.held(connection), schema.needed()
    if found is None:
        raise Invalid("this file holds no tables of mailer")
    if found != needed:
        raise Conflict(
            f"the file has the tables of {found}, this version those of {needed}: run mailer"
            " migrate on the file first, with DATABASE_URL naming it"
        )


def carry(source: Path, tell: Tell) -> Held:
    """Everything of the file into the database of the settings; says what it holds then."""
    with _opened(source) as connection, _explained(), transaction():
        be_unhurried()
        _check_empty()
        for table in Base.metadata.sorted_tables:
            tell(table.name, _fill(table, connection))
            _go_on_counting(table, connection)
        before, after = dumps.holding(connection), dumps.holding(db.session.connection())
        if wrong := manifest.differences(before.rows, after.rows):
            raise Conflict(f"the table {wrong[0]} came over with another number of rows")
        _verify()
        db.session.execute(text("ANALYZE"))
        return after


@contextmanager
def _opened(source: Path) -> Iterator[Connection]:
    """The file, into which nobody writes meanwhile."""
    engine = create_engine(f"sqlite:///{source}", poolclass=NullPool)
    with engine.connect() as connection:
        yield connection.execution_options(writes=True)


@contextmanager
def _explained() -> Iterator[None]:
    """A value that PostgreSQL does not take is a refusal, in its words."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        said = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise Conflict(f"PostgreSQL refuses a row, and nothing came over: {said}") from None


def _check_empty() -> None:
    for table in Base.metadata.sorted_tables:
        if db.session.execute(select(literal(1)).select_from(table).limit(1)).first():
            raise Conflict(f"the database of the settings is not empty: see the table {table.name}")


def _fill(table: Table, connection: Connection) -> int:
    order = table.primary_key.columns
    rows = connection.execute(
        select(table).order_by(*order).execution_options(yield_per=ROWS_AT_ONCE)
    ).mappings()
    count = 0
    for some in rows.partitions():
        bulk.add(table, [dict(row) for row in some])
        count += len(some)
    return count


def _go_on_counting(table: Table, connection: Connection) -> None:
    key = table.autoincrement_column
    if key is None:
        return
    largest = connection.scalar(select(func.max(key))) or 0
    given = 0
    if table.dialect_options["sqlite"]["autoincrement"]:
        given = connection.scalar(GIVEN, {"name": table.name}) or 0
    if last := max(largest, given):
        values = {"name": table.name, "column": key.name, "last": last}
        db.session.execute(CONTINUE, values)


def _verify() -> None:
    """Raise Conflict when a chain is not whole here: it was not whole in the file either."""
    for name, verdict in (("ledger", ledger.verify()), ("record of the desk", audit.verify())):
        if verdict.fault:
            raise Conflict(f"the {name} is not whole: {verdict.fault}")
