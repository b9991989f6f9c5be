"""What the administrator looks for in the record: by whom, what, on which thing, when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from mailer.audit.models import Entry
from mailer.db import db
from mailer.web.pages import PAGE_ROWS, Page


@dataclass(frozen=True)
class Sought:
    """What each entry must be; what is empty says nothing. `until` is not within."""

    actor: str = ""
    verb: str = ""
    kind: str = ""
    number: str = ""
    since: datetime | None = None
    until: datetime | None = None


def page(sought: Sought, before: int | None) -> Page[Entry]:
    """The entries, newest first, below that row."""
    found = select(Entry).where(*conditions(sought))
    if before is not None:
        found = found.where(Entry.id < before)
    rows = db.session.scalars(found.order_by(Entry.id.desc()).limit(PAGE_ROWS + 1)).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def count(sought: Sought) -> int:
    """How many there are."""
    found = select(func.count()).select_from(Entry).where(*conditions(sought))
    return db.session.scalar(found) or 0


def conditions(sought: Sought) -> list[ColumnElement[bool]]:
    """The same in the words of the database."""
    wanted = []
    if sought.actor:
        wanted.append(Entry.actor == sought.actor)
    if sought.verb:
        wanted.append(Entry.verb == sought.verb)
    if sought.kind:
        wanted.append(_about(sought.kind, sought.number))
    if sought.since:
        wanted.append(Entry.at >= sought.since)
    if sought.until:
        wanted.append(Entry.at < sought.until)
    return wanted


def _about(kind: str, number: str) -> ColumnElement[bool]:
    """The thing or, without a number, all of its kind; also what was done for it."""
    thing = f"{kind}:{number}" if number else kind
    # Behind a space stands what was told of the act: how many rows were taken away, and why.
    begins = (f"{thing} ",) if number else (f"{thing}:", f"{thing} ")
    return or_(
        Entry.subject == thing,
        Entry.for_case == thing,
        *(Entry.subject.startswith(each, autoescape=True) for each in begins),
        *(Entry.for_case.startswith(each, autoescape=True) for each in begins),
    )
