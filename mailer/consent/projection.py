"""Where everyone stands now, kept beside the events and rebuilt from them alone.

record | states.apply → consent_state, suppression      at each event
events | states.apply → consent_state, suppression      `mailer ledger rebuild`
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, islice, zip_longest
from operator import itemgetter

from sqlalchemy import select

from mailer.canonical import canonical
from mailer.consent import standings
from mailer.consent.evidence import Entry
from mailer.consent.models import ConsentEvent
from mailer.consent.standings import ROWS_AT_ONCE, Person
from mailer.consent.states import NOTHING, Happened, Record, Standing, Suppressed, apply
from mailer.db import db

EVENTS = select(
    ConsentEvent.fingerprint,
    ConsentEvent.id,
    ConsentEvent.purpose,
    ConsentEvent.kind,
    ConsentEvent.method,
    ConsentEvent.occurred_at,
    ConsentEvent.origin,
).order_by(ConsentEvent.fingerprint, ConsentEvent.id)


@dataclass(frozen=True)
class Comparison:
    """The live state beside the rebuilt one: how many people, and the first who differs."""

    people: int
    live_sha256: str
    rebuilt_sha256: str
    first_difference: str | None


def keep(events: Iterable[tuple[str, Happened]]) -> None:
    """Let these events count from now on, each for the person of that fingerprint."""
    told = list(events)
    before = standings.of({fingerprint for fingerprint, _event in told})
    after = dict(before)
    for fingerprint, event in told:
        after[fingerprint] = apply(after.get(fingerprint, NOTHING), event)
    standings.write(before, after)


def keep_alike(entry: Entry, fingerprints: Sequence[str], numbers: range) -> None:
    """The same for that one entry about each of these people, under those numbers."""
    known = standings.known(numbers) if _opens(entry) else set(fingerprints)
    if _opens(entry):
        standings.open_others(numbers)
    told = zip(fingerprints, numbers, strict=True)
    keep((who, happened(entry, number)) for who, number in told if who in known)


def _opens(entry: Entry) -> bool:
    """Whether of somebody unknown it makes somebody who stands there, and nothing else."""
    first = happened(entry, 1)
    stands = Standing(entry.kind, first.at, first.event_id)
    return apply(NOTHING, first) == Record({entry.purpose: stands})


def happened(entry: Entry, number: int) -> Happened:
    """What counts of an event that the ledger took in under that number."""
    shown = entry.evidence
    return Happened(number, entry.purpose, entry.kind, shown.method, shown.given_at, shown.origin)


def rebuilt() -> Iterator[Person]:
    """Where everyone stands by the events alone, a person at a time, in the same order."""
    rows = db.session.execute(EVENTS.execution_options(yield_per=ROWS_AT_ONCE))
    for fingerprint, events in groupby(rows, key=itemgetter(0)):
        record = reduce(apply, (Happened(*event[1:]) for event in events), NOTHING)
        if record != NOTHING:
            yield fingerprint, record


def rebuild() -> None:
    """Put what the events come to in the place of what stood here, in this transaction."""
    standings.forget()
    people = rebuilt()
    while some := dict(islice(people, ROWS_AT_ONCE)):
        standings.write({}, some)


def compare() -> Comparison:
    """Whether the live state is what the events come to, byte for byte of a canonical text."""
    digests = hashlib.sha256(), hashlib.sha256()
    people, first = 0, None
    for people, pair in enumerate(zip_longest(standings.everyone(), rebuilt()), start=1):  # noqa: B007 - counted
        lines = [line(person) if person else "" for person in pair]
        if first is None and lines[0] != lines[1]:
            first = min(person[0] for person in pair if person)
        for digest, told in zip(digests, lines, strict=True):
            digest.update(told.encode())
    stands, follows = (digest.hexdigest() for digest in digests)
    return Comparison(people, stands, follows, first)


def line(person: Person) -> str:
    """The one text of where a person stands."""
    fingerprint, record = person
    told = {
        "fingerprint": fingerprint,
        "standings": {purpose: _plain(one) for purpose, one in record.standings.items()},
        "suppressed": record.suppressed and _plain(record.suppressed),
    }
    return canonical(told) + "\n"


def _plain(one: Standing | Suppressed) -> dict[str, str]:
    return {name: str(value) for name, value in vars(one).items()}
