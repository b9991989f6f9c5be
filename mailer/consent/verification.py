"""Whether the ledger is whole: each link, each gap, each anchor; the first that is not is named.

events | chains.hash_of ─┐
gaps   | signed.is_ours ├─ in their order → the first fault, or none
anchors| signed.is_ours ┘
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import RowMapping, func, select

from mailer import chains, signed
from mailer.chains import Head, Key
from mailer.consent import anchors, chain, restorations, trimming
from mailer.consent.keys import chain_keys
from mailer.consent.models import ConsentEvent, table_of
from mailer.db import db
from mailer.faults import Fault, Problem
from mailer.progress import Tell, untold
from mailer.witnesses import Expected

# In memory at once, however many there are.
ROWS_AT_ONCE = 2000
CIPHERTEXTS = ("sealed", "trace")


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


def verify(tell: Tell = untold) -> Verdict:
    """Walk the whole chain, telling how many events it has seen; changes nothing."""
    walk = Walk(chain_keys(), tell)
    fault = next(walk.faults(), None)
    return Verdict(walk.events, len(walk.expected), walk.head, fault)


@dataclass
class Walk:
    """Where the verification stands."""

    keys: Mapping[str, Key]
    tell: Tell
    head: Head = chains.START
    events: int = 0
    expected: Expected = field(default_factory=Expected)

    def faults(self) -> Iterator[Fault]:
        """What is wrong, in the order of the chain; after the first, the rest means little."""
        restored, are_ours = restorations.all_signed(self.keys)
        if not are_ours:
            yield Fault("events", Problem.UNSIGNED_RESTORATION)
        try:
            places = (anchors.in_table(), anchors.in_file())
            self.expected = Expected(*(restorations.without(restored, some) for some in places))
        except ValueError:
            yield Fault("the file of anchors", Problem.UNREADABLE)
            return
        yield from self.expected.unsigned(self.keys, "event")
        for event in _events(self.tell):
            yield from self._gaps(event["id"])
            yield from self._event(event)
        yield from self._gaps(None)
        yield from self.expected.beyond(self.head, "event")
        yield from self.expected.absent("event")

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
        yield from self.expected.reached(head, "event")


def _events(tell: Tell) -> Iterator[RowMapping]:
    columns = table_of(ConsentEvent).columns
    # What was trimmed has its number yet, and takes no time: events are counted, not numbers.
    whole = db.session.scalar(select(func.count()).select_from(ConsentEvent)) or 0
    last, seen = 0, 0
    found = select(*columns).order_by(columns.id).limit(ROWS_AT_ONCE)
    while some := db.session.execute(found.where(columns.id > last)).mappings().all():
        yield from some
        last, seen = some[-1]["id"], seen + len(some)
        tell(seen, whole)


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
