"""What happened to a case, in order, read from its rows as data: when, what, by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Rows = Mapping[str, Any]

# Where an instant or a day stands, and the column that says who; "" where it is the person, a
# program, or where the record of acts says it.
MOMENTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "case": (
        *(("received_on", ""), ("logged_at", ""), ("mailbox_confirmed_at", "")),
        *(("lift_told_at", ""), ("lifted_at", ""), ("closed_at", ""), ("archived_at", "")),
    ),
    "letters": (("written_at", ""), ("delivered_at", "")),
    "questions": (("asked_on", "asked_by"), ("reminded_on", ""), ("answered_on", "verified_by")),
    "extension": (("at", "by"),),
    "tasks": (("done_at", "done_by"),),
    "notes": (("at", "by"),),
    "documents": (("at", "by"),),
    "corrections": (("asked_at", "by"), ("done_at", "")),
    "handovers": (("made_at", ""), ("opened_at", ""), ("ended_at", "")),
}

WHICH = {"letters": "kind"}


@dataclass(frozen=True)
class Moment:
    """One thing that happened: an ISO 8601 day or instant, the kind of row, its column, who."""

    when: str
    of: str
    what: str
    by: str
    # Which of its kind: of a letter, the letter.
    which: str = ""


def moments(held: Rows) -> list[Moment]:
    """All of them, the oldest first; a day comes before the instants in it."""
    return sorted(_found(held), key=lambda each: each.when)


def _found(held: Rows) -> Iterator[Moment]:
    for kind, columns in MOMENTS.items():
        rows = [held[kind]] if kind == "case" else held.get(kind, [])
        for row in rows:
            for column, who in columns:
                if row.get(column):
                    by = row.get(who, "") if who else ""
                    yield Moment(row[column], kind, column, by, row.get(WHICH.get(kind), ""))
