"""The record as a file, entry by entry: JSON Lines, or CSV that is safe to open."""

import json
from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import select

from mailer import sheets
from mailer.audit import search
from mailer.audit.models import Entry, Link
from mailer.audit.operations import record
from mailer.audit.search import Sought
from mailer.chains import instant
from mailer.db import db
from mailer.errors import Invalid

ROWS_AT_ONCE = 1000
COLUMNS = ("id", "at", "actor", "verb", "subject", "for_case", "why", "seq", "hash")
SHORTEST_MOTIVE = 10
VERB = "export-record"


class Format(StrEnum):
    """How the file is written."""

    JSONL = "jsonl"
    CSV = "csv"


def begin(sought: Sought, kind: Format, motive: str, actor: str) -> None:
    """Note who takes the record away, and why. Raises Invalid without a motive."""
    said = " ".join(motive.split())
    if len(said) < SHORTEST_MOTIVE:
        raise Invalid("motive")
    record(actor, VERB, f"record format:{kind} rows:{search.count(sought)} motive:{said}")


def lines(sought: Sought, kind: Format) -> Iterator[str]:
    """The file, oldest first, piece by piece; the memory holds a thousand entries at most."""
    if kind == Format.CSV:
        yield sheets.MARK + sheets.line(COLUMNS)
    for row in _rows(sought):
        if kind == Format.CSV:
            yield sheets.line("" if cell is None else cell for cell in row)
        else:
            yield json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n"


def _rows(sought: Sought) -> Iterator[tuple[object, ...]]:
    """Read by key a page at a time: no transaction stays open while a file is taken."""
    found = select(Entry, Link.seq, Link.hash).join(Link, Link.entry_id == Entry.id, isouter=True)
    found = found.where(*search.conditions(sought)).order_by(Entry.id).limit(ROWS_AT_ONCE)
    last = 0
    while some := db.session.execute(found.where(Entry.id > last)).all():
        told = [_told(*row) for row in some]
        last = some[-1][0].id
        db.session.rollback()
        yield from told


def _told(entry: Entry, seq: int | None, link: str | None) -> tuple[object, ...]:
    said = (entry.actor, entry.verb, entry.subject, entry.for_case, entry.why)
    return (entry.id, instant(entry.at), *said, seq, link)
