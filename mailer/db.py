"""The database: a base class, aware times, one transaction per entry point, hints to the worker."""

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from blinker import Signal
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    String,
    any_,
    event,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# For rows whose number stands in links and mails: SQLite must never give it to another row.
NUMBERED_ONCE = {"sqlite_autoincrement": True}

# To PostgreSQL: what a page may take (app.py) is not what work on very many rows may take.
UNHURRIED = "SET LOCAL statement_timeout = 0"

# FULL loses no committed row when the power fails; readers never wait for writers in WAL mode.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "journal_size_limit=67108864",
    "wal_autocheckpoint=1000",
    "trusted_schema=OFF",
)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant, in UTC; SQLite would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UTCDateTime},
    )


db = SQLAlchemy(model_class=Base)


@dataclass(frozen=True)
class Hint:
    """A job that the worker might do now, or at a time; it would find the work by itself later."""

    job: str
    at: datetime | None = None


committed = Signal("what was committed has work for the worker")


def hint(job: str, at: datetime | None = None) -> None:
    """Tell the worker, once this transaction is committed, that the job has something to do."""
    db.session.info.setdefault("hints", {})[Hint(job, at)] = None


@contextmanager
def transaction() -> Iterator[None]:
    """Commit what the block did, or nothing of it.

    Views, jobs and commands open one; operations never do. On SQLite it takes the write lock at
    its start, so that a read snapshot never has to be upgraded under another writer.
    """
    db.session.rollback()
    db.session.info.pop("hints", None)
    db.session.connection(execution_options={"writes": True})
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    for wish in db.session.info.pop("hints", {}):
        committed.send(wish)


def be_alone(turn: int) -> None:
    """Be the only one in what that number stands for, until this transaction ends.

    By an advisory lock of PostgreSQL; on SQLite the one who writes is alone anyway.
    """
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(turn)))


def be_unhurried() -> None:
    """Let each statement take as long as very many rows need, until this transaction ends."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text(UNHURRIED))


def among(
    column: ColumnElement[Any], values: Collection[int] | Collection[str]
) -> ColumnElement[bool]:
    """Whether the column is one of the values, however many: they go as one parameter."""
    if db.engine.dialect.name == "sqlite":
        listed = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(listed.c.value))
    kind = ARRAY(BigInteger if isinstance(column.type, Integer) else String)
    return column == any_(literal(list(values), kind))


@event.listens_for(Engine, "connect")
def _prepare(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        # The driver's own BEGIN comes too late and is never IMMEDIATE; ours is below.
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
