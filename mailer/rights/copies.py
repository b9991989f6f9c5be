"""The copy that a person may ask for (GDPR art. 15(3)): each declared column of their rows.

declarations | one statement per table | what is sealed, opened | others masked | JSON or a page
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TypedDict

from sqlalchemy import ColumnElement, Row, Table, select

from mailer.accounts.queries import ACTOR
from mailer.consent import proof
from mailer.db import db
from mailer.declarations import declared, tables
from mailer.delivery import personal_data as delivery
from mailer.personal import Category, Personal
from mailer.register import vocabulary
from mailer.rights import copy_page
from mailer.rights.holdings import ELSEWHERE, People, belongs, people
from mailer.rights.sections import COLLEAGUE, WITHHELD, Section, Value
from mailer.subscriptions import personal_data as subscriptions

Opened = Mapping[int, Mapping[str, Mapping[str, str]]]


class Titles(TypedDict):
    """The words for a table and for each of its columns."""

    title: str
    columns: dict[str, str]


# Said instead of a number that would tell the person nothing.
NAMED: dict[str, Mapping[str, ColumnElement[str]]] = {
    "delivery": delivery.NAMED,
    "subscription": subscriptions.NAMED,
}
# Columns in which a colleague may stand by name.
COLLEAGUES = frozenset({"heard_by"})
# What a mail to another mailbox says is for whoever reads that one: it holds their links too.
OF_A_MAIL = frozenset({"recipient", "subject", "text", "html", "headers"})


def of(fingerprint: str) -> list[Section]:
    """All that is held of the person, the tables that hold nothing left out."""
    someone = people([fingerprint])
    sections = (_section(table, someone) for table in tables() if table.name not in ELSEWHERE)
    return [section for section in sections if section.rows]


def _section(table: Table, someone: People) -> Section:
    said = declared(table)
    named = NAMED.get(table.name, {})
    columns = [named.get(name, table.c[name]).label(name) for name in said]
    keys = list(table.primary_key.columns)
    chosen = select(keys[0].label("row_key"), *columns).where(belongs(table, someone))
    rows = db.session.execute(chosen.order_by(*keys)).all()
    opened = _opened(table, someone) if rows else {}
    return Section(table.name, said, [_told(row, said, opened, someone) for row in rows])


def _opened(table: Table, someone: People) -> Opened:
    """What the rows hold under the person's key, by the number of the row."""
    if table.name != "consent_event":
        return {}
    (fingerprint,) = someone.fingerprints
    events = proof.of(fingerprint).events
    return {
        each.link.position: {"sealed": each.sealed.content, "trace": each.trace.content}
        for each in events
    }


def _told(
    row: Row[tuple[object, ...]], said: Mapping[str, Personal], opened: Opened, someone: People
) -> dict[str, Value]:
    held = row._asdict()
    held.update(opened.get(held["row_key"], {}))
    told = {name: _value(name, held[name], word) for name, word in said.items()}
    if str(told.get("recipient") or "").lower() in {"", *someone.addresses}:
        return told
    return {name: WITHHELD if name in OF_A_MAIL else value for name, value in told.items()}


def _value(name: str, value: object, said: Personal) -> Value:
    if isinstance(value, bytes) or (value and said.category == Category.SECRET):
        return WITHHELD
    if value is None or isinstance(value, bool | int | list | dict | date):
        return value
    text = str(value.value if isinstance(value, Enum) else value)
    # Art. 15(4) and CJEU C-579/21: that somebody at the desk acted, never who.
    is_colleague = text.startswith(ACTOR) or (text and name in COLLEAGUES)
    return COLLEAGUE if is_colleague else text


def as_json(sections: Sequence[Section], fingerprint: str, at: datetime) -> str:
    """The copy for a program: tables by name, a row an object of columns, each titled in words."""
    content = {
        "fingerprint": fingerprint,
        "made_at": at,
        "titles": titles(sections),
        "tables": {section.table: section.rows for section in sections},
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=date.isoformat)


def titles(sections: Sequence[Section]) -> dict[str, Titles]:
    """What the tables and their columns are called, in words."""
    return {
        section.table: {
            "title": vocabulary.table(section.table),
            "columns": {n: vocabulary.column(n, word) for n, word in section.declared.items()},
        }
        for section in sections
    }


def as_page(sections: Sequence[Section], at: datetime) -> str:
    """The copy for a reader: one page that needs nothing else, not even a request."""
    return copy_page.draw(sections, at)
