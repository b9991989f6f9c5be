"""Somebody with a row in every table that can hold one: built by walking the models."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Enum,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
)
from sqlalchemy.types import TypeDecorator

from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import Base, db
from mailer.declarations import declared
from mailer.personal import Category, Erasure
from mailer.rights.holdings import ELSEWHERE

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
# Rows of the ledger have their one way in; what follows from them does too.
LEDGER = {
    "consent_event",
    "consent_state",
    "subject_key",
    "ledger_gap",
    "ledger_anchor",
    "ledger_restoration",
}
# What a check of the table asks for, where the first word of the list would break it.
FITTING = {
    "subscription.state": "active",
    "delivery.state": "queued",
    "delivery.lease_owner": None,
    "delivery.lease_until": None,
    "outbox_message.state": "queued",
    "outbox_message.ended_at": None,
    "incoming_mail.state": "accepted",
    "returned_mail.decided_at": None,
    "subject_test.share": 10,
    "notice.filed_at": None,
    "source.file_name": None,
    "campaign.state": "scheduled",
    "campaign.failure": None,
    "campaign.failure_detail": None,
}


def seed(fingerprint: str, address: str) -> set[str]:
    """A row of theirs in every table that can hold one; the names of the tables."""
    shown = Evidence(Method.WEB_FORM, AT, address=address, page=f"/?de={address}")
    consent.record(fingerprint, "list:lettre", Kind.SIGNUP_REQUESTED, shown)
    made: dict[str, object] = {"consent_event": 1}
    theirs = {table for table in Base.metadata.sorted_tables if _is_theirs(table)}
    for table in Base.metadata.sorted_tables:
        if table in _with_targets(theirs) and table.name not in LEDGER:
            _insert(table, fingerprint, address, made)
    return {table.name for table in theirs}


def _is_theirs(table: Table) -> bool:
    return bool(declared(table)) and table.name not in ELSEWHERE


def _with_targets(tables: set[Table]) -> set[Table]:
    """The tables and all that their rows must point at."""
    found = set(tables)
    for table in tables:
        targets = {key.column.table for key in table.foreign_keys if not key.parent.nullable}
        if more := targets - found:
            found |= _with_targets(found | more)
    return found


def seed_rest(fingerprint: str, address: str) -> None:
    """A row in each of the tables that hold nobody's data, and the ledger's own, beside those."""
    connection = db.session.connection()
    made: dict[str, object] = {}
    for table in Base.metadata.sorted_tables:
        found = connection.execute(select(*table.primary_key.columns).limit(1)).first()
        if found is not None:
            made[table.name] = found[0]
        else:
            _insert(table, fingerprint, address, made)


def _insert(table: Table, fingerprint: str, address: str, made: dict[str, object]) -> None:
    values = {c.name: _value(c, fingerprint, address, made) for c in table.columns if not _own(c)}
    key = db.session.connection().execute(insert(table).values(values)).inserted_primary_key
    made[table.name] = key[0]


def _own(column: Column) -> bool:
    """Whether the database numbers it."""
    return column is column.table.autoincrement_column and not column.foreign_keys


def _value(column: Column, fingerprint: str, address: str, made: dict[str, object]) -> object:
    name = f"{column.table.name}.{column.name}"
    if name in FITTING:
        return FITTING[name]
    for key in column.foreign_keys:
        target = key.column
        return made.get(target.table.name) if target.primary_key else None
    return _content(column, fingerprint, address)


def _content(column: Column, fingerprint: str, address: str) -> object:
    said, kind = column.info["personal"], _type(column)
    if said and said.category == Category.FINGERPRINT:
        return fingerprint
    if said and said.category == Category.REFERENCE and isinstance(kind, String):
        return "subscriber:1"
    if isinstance(kind, Enum):
        return kind.enums[0] if kind.enum_class is None else next(iter(kind.enum_class))
    if isinstance(kind, JSON):
        return [["To", address]] if said else {}
    if isinstance(kind, String):
        holds = said and said.erasure != Erasure.KEEP
        return address if holds else f"{column.table.name}.{column.name}"[: kind.length]
    plain = {Boolean: True, Integer: 1, LargeBinary: address.encode(), Date: date(2026, 3, 1)}
    return next((value for each, value in plain.items() if isinstance(kind, each)), AT)


def _type(column: Column) -> object:
    kind = column.type
    return kind.impl_instance if isinstance(kind, TypeDecorator) else kind
