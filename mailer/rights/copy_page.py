"""The copy as a page: a summary, then what is held by what it serves, then what the law adds.

sections | by purpose, the letters first | GDPR art. 15(1) from the register | one file, offline
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import get_locale

from mailer import rulebook
from mailer.clock import paris_day
from mailer.consent import lists
from mailer.personal import Purpose
from mailer.register import vocabulary
from mailer.rights import copy_words, disclosure, words
from mailer.rights.sections import Section, Value

# What a reader looks for first.
FIRST = ("subscriber", "subscription")
# Rows of so few columns stand below each other, the others apart.
NARROW = 4
# Markup and head of a mail, folded away: its text stands beside them.
FOLDED = frozenset({"html", "headers", "source"})


@dataclass(frozen=True)
class Cell:
    """One value in words; empty when nothing is held there."""

    name: str
    title: str
    text: str
    is_folded: bool


@dataclass(frozen=True)
class Sheet:
    """One table of the copy, in words."""

    name: str
    title: str
    rows: Sequence[Sequence[Cell]]

    @property
    def is_narrow(self) -> bool:
        return len(self.rows[0]) <= NARROW


def draw(sections: Sequence[Section], at: datetime) -> str:
    """The page, in the language of the moment."""
    template = current_app.jinja_env.get_template("rights/copy.html")
    language = str(get_locale())
    return template.render(
        parts=list(_parts(sections, lists.names())),
        made_on=words.day(paris_day(at)),
        addresses=_addresses(sections),
        facts=disclosure.facts(sections, language),
        authority=rulebook.load().authority,
        organisation=current_app.config["ORGANISATION"],
        dpo=current_app.config["DPO_ADDRESS"],
        locale=language,
    )


def _parts(
    sections: Sequence[Section], names: Mapping[str, str]
) -> Iterator[tuple[str, list[Sheet]]]:
    """What each purpose holds, in the order of the purposes."""
    ordered = sorted(sections, key=lambda section: _place(section.table))
    for purpose in Purpose:
        sheets = [_sheet(section, names) for section in ordered if section.purpose == purpose]
        if sheets:
            yield str(vocabulary.PURPOSES[purpose]), sheets


def _place(table: str) -> int:
    return FIRST.index(table) if table in FIRST else len(FIRST)


def _sheet(section: Section, names: Mapping[str, str]) -> Sheet:
    rows = [
        [_cell(section, name, value, names) for name, value in row.items()] for row in section.rows
    ]
    return Sheet(section.table, vocabulary.table(section.table), rows)


def _cell(section: Section, name: str, value: Value, names: Mapping[str, str]) -> Cell:
    title = vocabulary.column(name, section.declared[name])
    is_empty = value is None or value in ("", [], {})
    text = "" if is_empty else copy_words.value(section.table, name, value, names)
    return Cell(name, title, text, name in FOLDED)


def _addresses(sections: Sequence[Section]) -> list[str]:
    """How we write to the person now."""
    rows = (row for section in sections if section.table == "subscriber" for row in section.rows)
    return [str(row["address"]) for row in rows]
