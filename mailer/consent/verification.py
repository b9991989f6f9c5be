"""Whether the ledger is whole: each link, each gap, each anchor; the first that is not is named.

events | chains.hash_of ─┐
gaps   | signed.is_ours ├─ in their order → the first fault, or none
anchors| signed.is_ours ┘
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import RowMapping, select

from mailer import chains, signed
from mailer.chains import Head, Key
from mailer.clock import paris_day
from mailer.consent import anchors, chain, trimming
from mailer.consent.anchors import Witness
from mailer.consent.keys import chain_keys
from mailer.consent.models import ConsentEvent, table_of
from mailer.db import db

# In memory at once, however many there are.
ROWS_AT_ONCE = 2000
CIPHERTEXTS = ("sealed", "trace")


class Problem(StrEnum):
    """What can be wrong, in words that the command says."""

    CHANGED = "was changed after it was recorded"
    MISPLACED = "does not follow the event before it"
    MISSING = "is missing"
    UNKNOWN_KEY = "was hashed with a key that is not in the settings"
    UNSIGNED_GAP = "is missing, and the gap is not signed with our key"
    UNSIGNED = "is not signed with our key"
    UNREADABLE = "cannot be read"
    CUT = "stands beyond the last event: the end of the ledger is cut off"
    DISAGREES = "tells another hash than the ledger has"
    NOT_IN_TABLE = "is in the file and not in the table"
    NOT_IN_FILE = "is in the table and not in the file"


@dataclass(frozen=True)
class Fault:
    """The first thing that is wrong."""

    place: str
    problem: Problem

    def __str__(self) -> str:
        return f"{self.place} {self.problem}"


@dataclass(frozen=True)
class Verdict:
    """How much was verified, up to where, and what is wrong."""

    events: int
    anchors: int
    head: Head
    fault: Fault | None

    @property
    def is_whole(self) -> bool:
        return self.fault is None


def verify() -> Verdict:
    """Walk the whole chain; changes nothing."""
    walk = Walk(chain_keys())
    fault = next(walk.faults(), None)
    return Verdict(walk.events, walk.anchors, walk.head, fault)


@dataclass
class Walk:
    """Where the verification stands."""

    keys: Mapping[str, Key]
    head: Head = chains.START
    events: int = 0
    anchors: int = 0
    expected: dict[int, list[Witness]] = field(default_factory=lambda: defaultdict(list))

    def faults(self) -> Iterator[Fault]:
        """What is wrong, in the order of the chain; after the first, the rest means little."""
        table = anchors.in_table()
        try:
            file = anchors.in_file()
        except ValueError:
            yield Fault("the file of anchors", Problem.UNREADABLE)
            return
        yield from self._anchors(table, file)
        for event in _events():
            yield from self._gaps(event["id"])
            yield from self._event(event)
        yield from self._gaps(None)
        yield from (Fault(_name(one), Problem.CUT) for one in self._left())
        yield from _absent(table, file)

    def _anchors(self, table: list[Witness], file: list[Witness]) -> Iterator[Fault]:
        for one in dict.fromkeys(table + file):
            if not signed.is_ours(one.mark, one.key_id, one.signature, self.keys):
                yield Fault(_name(one), Problem.UNSIGNED)
            self.expected[one.mark.seq].append(one)
            self.anchors += 1

    def _gaps(self, upto: int | None) -> Iterator[Fault]:
        """Pass the gaps before that event, or after the last."""
        while upto is None or self.head.seq + 1 < upto:
            following = self.head.seq + 1
            row = trimming.gap_at(following)
            if row is None:
                if upto is not None:
                    yield Fault(f"event {following}", Problem.MISSING)
                return
            gap = trimming.told(row)
            if not signed.is_ours(gap, row.key_id, row.signature, self.keys):
                yield Fault(f"event {following}", Problem.UNSIGNED_GAP)
            # A gap that a purge has just widened begins before: what it holds of it was verified.
            if gap.first_id == following and gap.prev_hash != self.head.hash:
                yield Fault(f"event {following}", Problem.MISPLACED)
            yield from self._arrive(gap.end)

    def _event(self, event: RowMapping) -> Iterator[Fault]:
        if found := problem(dict(event), self.head, self.keys):
            yield Fault(f"event {event['id']}", found)
        self.events += 1
        yield from self._arrive(Head(event["id"], event["hash"]))

    def _arrive(self, head: Head) -> Iterator[Fault]:
        self.head = head
        for one in self.expected.pop(head.seq, ()):
            if one.mark.head_hash != head.hash:
                yield Fault(_name(one), Problem.DISAGREES)

    def _left(self) -> Iterator[Witness]:
        """The anchors that the chain does not reach; those inside a gap went with their events."""
        beyond = sorted(seq for seq in self.expected if seq > self.head.seq)
        return (one for seq in beyond for one in self.expected[seq])


def _events() -> Iterator[RowMapping]:
    columns = table_of(ConsentEvent).columns
    last = 0
    found = select(*columns).order_by(columns.id).limit(ROWS_AT_ONCE)
    while some := db.session.execute(found.where(columns.id > last)).mappings().all():
        yield from some
        last = some[-1]["id"]


def problem(event: Mapping[str, object], head: Head, keys: Mapping[str, Key]) -> Problem | None:
    """What is wrong with an event that should come after that head; ciphertexts may be gone."""
    if (event["id"], event["prev_hash"]) != (head.seq + 1, head.hash):
        return Problem.MISPLACED
    key = keys.get(str(event["key_id"]))
    if key is None:
        return Problem.UNKNOWN_KEY
    if chains.hash_of(chain.text_of(event), key) != event["hash"]:
        return Problem.CHANGED
    return Problem.CHANGED if any(_is_other(event, name) for name in CIPHERTEXTS) else None


def _is_other(event: Mapping[str, object], name: str) -> bool:
    held = event[name]
    if held is None:
        return False
    # SQLite lets words stand where bytes were.
    return not isinstance(held, bytes) or chain.digest(held) != event[f"{name}_sha256"]


def _absent(table: list[Witness], file: list[Witness]) -> Iterator[Fault]:
    yield from (Fault(_name(one), Problem.NOT_IN_TABLE) for one in file if one not in table)
    yield from (Fault(_name(one), Problem.NOT_IN_FILE) for one in table if one not in file)


def _name(one: Witness) -> str:
    return f"the anchor of {paris_day(one.mark.at).isoformat()} at event {one.mark.seq}"
