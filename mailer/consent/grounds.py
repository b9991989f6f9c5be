"""On what the processing rested when something happened (GDPR art. 6): each event says it."""

from collections.abc import Sequence
from dataclasses import replace

from mailer.consent.evidence import Entry
from mailer.consent.lists import bases


def grounded(entries: Sequence[Entry]) -> list[Entry]:
    """The same events, each with the basis that its list has now, unless it brings its own."""
    known = bases({one.purpose for one in entries if not one.evidence.basis})
    return [_with(one, known.get(one.purpose, "")) for one in entries]


def _with(entry: Entry, basis: str) -> Entry:
    if entry.evidence.basis or not basis:
        return entry
    return replace(entry, evidence=replace(entry.evidence, basis=basis))
