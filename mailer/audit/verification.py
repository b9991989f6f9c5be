"""Whether the record is whole: the cut, each link, each anchor; the first that is not is named.

cut | signed.is_ours ─┐
links | chain.linked  ├─ in their order → the first fault, or none
anchors | Expected    ┘
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import RowMapping, func, select

from mailer import chains, signed
from mailer.audit import anchors, chain, sealing
from mailer.audit.keys import chain_keys
from mailer.audit.models import Check, Cut, Entry, Link, table_of
from mailer.chains import Head, Key
from mailer.db import db
from mailer.faults import Fault, Problem
from mailer.signed import Mark
from mailer.witnesses import Expected

# In memory at once, however many there are.
ROWS_AT_ONCE = 2000
ENTRY = "entry"


@dataclass(frozen=True)
class Verdict:
    """How much was verified, from where to where, what waits for its link, and what is wrong."""

    entries: int
    waiting: int
    anchors: int
    cut: int
    head: Head
    fault: Fault | None


def verify() -> Verdict:
    """Walk the whole chain; changes nothing."""
    walk = Walk(chain_keys())
    fault = next(walk.faults(), None)
    waiting = select(func.count()).select_from(Entry).where(sealing.unlinked())
    number = db.session.scalar(waiting) or 0
    return Verdict(walk.entries, number, len(walk.expected), walk.cut, walk.head, fault)


def keep(found: Verdict, at: datetime) -> None:
    """Remember what was found, for the administrator's page."""
    fault = str(found.fault) if found.fault else ""
    db.session.add(Check(at=at, entries=found.entries, fault=fault))


@dataclass
class Walk:
    """Where the verification stands."""

    keys: Mapping[str, Key]
    head: Head = chains.START
    cut: int = 0
    entries: int = 0
    expected: Expected = field(default_factory=Expected)

    def faults(self) -> Iterator[Fault]:
        """What is wrong, in the order of the chain; after the first, the rest means little."""
        try:
            self.expected = Expected(anchors.in_table(), anchors.in_file())
        except ValueError:
            yield Fault("the file of anchors", Problem.UNREADABLE)
            return
        yield from self.expected.unsigned(self.keys, ENTRY)
        yield from self._begin()
        for row in _rows():
            yield from self._entry(row)
        yield from self.expected.beyond(self.head, ENTRY)
        yield from self.expected.absent(ENTRY)
        yield from _slipped_in()

    def _begin(self) -> Iterator[Fault]:
        """Start behind what a purge took away."""
        row = db.session.scalars(select(Cut).order_by(Cut.seq.desc()).limit(1)).first()
        if row is None:
            return
        mark = Mark(row.at, row.seq, row.head_hash, row.count)
        if not signed.is_ours(mark, row.key_id, row.signature, self.keys):
            yield Fault(f"the cut at {ENTRY} {row.seq}", Problem.UNSIGNED)
        self.cut = row.seq
        yield from self._arrive(Head(row.seq, row.head_hash))

    def _entry(self, row: RowMapping) -> Iterator[Fault]:
        if found := self._problem(row):
            yield Fault(f"{ENTRY} {self.head.seq + 1}", found)
        self.entries += 1
        yield from self._arrive(Head(row["seq"], row["hash"]))

    def _problem(self, row: RowMapping) -> Problem | None:
        if row["seq"] != self.head.seq + 1 or row["id"] is None:
            return Problem.MISSING if row["seq"] > self.head.seq else Problem.MISPLACED
        key = self.keys.get(row["key_id"])
        if key is None:
            return Problem.UNKNOWN_KEY
        same = chain.linked(dict(row), self.head, key).hash == row["hash"]
        return None if same else Problem.CHANGED

    def _arrive(self, head: Head) -> Iterator[Fault]:
        self.head = head
        yield from self.expected.reached(head, ENTRY)


def _rows() -> Iterator[RowMapping]:
    said = [table_of(Entry).c[name] for name in chain.COVERED]
    found = select(Link.seq, Link.hash, Link.key_id, *said)
    found = found.join(Entry, Link.entry_id == Entry.id, isouter=True)
    found, last = found.order_by(Link.seq).limit(ROWS_AT_ONCE), 0
    while some := db.session.execute(found.where(Link.seq > last)).mappings().all():
        yield from some
        last = some[-1]["seq"]


def _slipped_in() -> Iterator[Fault]:
    """The entries that say they are older than what the job has linked long ago."""
    since = sealing.settled()
    if since is None:
        return
    late = select(Entry.id).where(sealing.unlinked(), Entry.at <= since).order_by(Entry.id)
    if number := db.session.scalar(late.limit(1)):
        yield Fault(f"the row {number} of audit_entry", Problem.UNCHAINED)
