"""What the person gave us, in forms that another service reads (GDPR art. 20).

whole copy | what they told, chose or did | lists whose basis opens it | JSON of a schema, CSV
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, select

from mailer import links, sheets
from mailer.consent.bases import OF_A_LIST, Right, opens
from mailer.db import Base, db
from mailer.delivery.models import Campaign
from mailer.newsletters.models import Issue
from mailer.personal import Category, Personal, Purpose
from mailer.rights import copies
from mailer.rights.sections import Section, Value
from mailer.subscriptions.models import MailingList

FORMAT, VERSION = "mailer-portability", 1
# What they told us or chose, and what their use of the letters shows (WP 242); our own records of
# it, and the words of our mails, are not theirs to carry elsewhere.
PROVIDED: Mapping[Purpose, frozenset[Category]] = {
    Purpose.NEWSLETTER: frozenset(
        {Category.EMAIL, Category.NAME, Category.CHOICE, Category.HISTORY}
    ),
    Purpose.MEASUREMENT: frozenset({Category.ENGAGEMENT}),
}
# Mails as we wrote them.
OURS = frozenset({"outbox_message"})
CLOSED = [basis for basis in OF_A_LIST if not opens(basis, Right.PORTABILITY).is_open]


def provided(sections: Sequence[Section]) -> list[Section]:
    """Of a whole copy, what the person provided, for lists whose basis opens portability."""
    narrowed = [_narrowed(section) for section in sections]
    return [section for section in narrowed if section.declared and section.rows]


def _narrowed(section: Section) -> Section:
    said = columns(section.table, section.declared)
    kept_out = _closed(section.table)
    rows = [row for row in section.rows if not any(row.get(n) == v for n, v in kept_out)]
    return replace(
        section, declared=said, rows=[{name: row[name] for name in said} for row in rows]
    )


def columns(table: str, declared: Mapping[str, Personal]) -> dict[str, Personal]:
    """The columns that a person may carry elsewhere; the numbers of our rows say nothing."""
    if table in OURS:
        return {}
    held = Base.metadata.tables[table].c
    named = copies.NAMED.get(table, {})
    return {
        name: word
        for name, word in declared.items()
        if word.category in PROVIDED.get(word.purpose, ())
        and (name in named or not held[name].foreign_keys)
    }


def _closed(table: str) -> set[tuple[str, Value]]:
    """What tells a row of a list whose basis does not open portability."""
    is_closed = MailingList.basis.in_(CLOSED)
    if table == "subscription":
        return _all_but("list_id", select(MailingList.name), is_closed)
    if table == "delivery":
        subjects = select(Issue.subject).join(Campaign, Campaign.issue_id == Issue.id)
        listed = subjects.join(MailingList, MailingList.id == Campaign.list_id)
        return _all_but("campaign_id", listed, is_closed)
    return set()


def _all_but(
    column: str, named: Select[str], is_closed: ColumnElement[bool]
) -> set[tuple[str, Value]]:
    """The names that stand for closed lists alone."""
    closed, others = (set(db.session.scalars(named.where(w))) for w in (is_closed, ~is_closed))
    return {(column, str(name)) for name in closed - others}


def as_json(sections: Sequence[Section], at: datetime) -> str:
    """One object, as the schema at its `$schema` says it."""
    content = {
        "$schema": links.portability_schema(),
        "format": FORMAT,
        "version": VERSION,
        "made_at": at,
        "titles": copies.titles(sections),
        "tables": {section.table: section.rows for section in sections},
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=date.isoformat)


def as_csv(sections: Sequence[Section]) -> str:
    """One line a value, for any spreadsheet: table, row, column, its title, value."""
    titles = copies.titles(sections)
    lines = [sheets.MARK, sheets.line(("table", "row", "column", "title", "value"))]
    for section in sections:
        said = titles[section.table]["columns"]
        for number, row in enumerate(section.rows, 1):
            lines += [
                sheets.line((section.table, number, name, said[name], _cell(row[name])))
                for name in section.declared
            ]
    return "".join(lines)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
