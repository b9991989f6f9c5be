"""Where a person stands: what the events, one after the other, come to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mailer.consent.evidence import Kind, Method

# An event of this purpose concerns every list.
ALL_LISTS = "list:*"

# Events that tell what happened, and decide nothing.
TELLING = frozenset(
    {
        Kind.CONFIRMATION_SENT,
        Kind.RENEWAL_ASKED,
        Kind.PREFERENCE_CHANGED,
        Kind.RECTIFIED,
    }
)
YES = frozenset({Kind.CONFIRMED, Kind.RENEWED, Kind.IMPORTED})
# What staff takes back, and of which cause alone: never of the person's own no.
TAKEN_BACK = {Kind.UNRESTRICTED: Kind.RESTRICTED, Kind.RESTORED: Kind.HARD_BOUNCED}
# Nobody has said yes yet, and nobody has said no.
UNDECIDED = frozenset({None, Kind.SIGNUP_REQUESTED, Kind.CONFIRMATION_EXPIRED})

# What ends the writing to an address; the heavier takes the place of the lighter.
WEIGHTS = {
    Kind.OBJECTED: 3,
    # Above a bounce: what is a person's own no must not go when the bounce is taken back.
    Kind.COMPLAINED: 2,
    Kind.HARD_BOUNCED: 1,
    Kind.RESTRICTED: 0,
}


@dataclass(frozen=True)
class Happened:
    """What counts of an event here."""

    event_id: int
    purpose: str
    kind: Kind
    method: Method
    at: datetime
    origin: str = ""


@dataclass(frozen=True)
class Standing:
    """The last thing that decided for a purpose, since when, and the event that proves it."""

    kind: Kind
    since: datetime
    event_id: int


@dataclass(frozen=True)
class Suppressed:
    """Why the address is not written to, whatever the lists."""

    kind: Kind
    since: datetime
    origin: str


@dataclass(frozen=True)
class Record:
    """All that the events of one person come to."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    suppressed: Suppressed | None = None


NOTHING = Record()


def apply(record: Record, event: Happened) -> Record:
    """Where the person stands after the event; live or rebuilt alike."""
    return replace(
        record,
        standings={**record.standings, **dict(_decided(record, event))},
        suppressed=_suppressed(record.suppressed, event),
    )


def _decided(record: Record, event: Happened) -> Iterator[tuple[str, Standing]]:
    purposes = {event.purpose}
    if event.kind == Kind.ERASED and event.purpose == ALL_LISTS:
        purposes.update(record.standings)
    for purpose in purposes:
        before = record.standings.get(purpose)
        if _decides(event.kind, before.kind if before else None):
            yield purpose, Standing(event.kind, event.at, event.event_id)


def _decides(kind: Kind, before: Kind | None) -> bool:
    match kind:
        # Somebody who receives the list may be asked for again, by anyone.
        case Kind.SIGNUP_REQUESTED:
            return before not in YES
        case Kind.CONFIRMATION_EXPIRED:
            return before == Kind.SIGNUP_REQUESTED
        # A file cannot take back a no, nor outdo a yes.
        case Kind.IMPORTED:
            return before in UNDECIDED
        # What came after the restriction outlives it.
        case Kind.UNRESTRICTED:
            return before == Kind.RESTRICTED
        case _:
            return kind not in TELLING


def _suppressed(before: Suppressed | None, event: Happened) -> Suppressed | None:
    if _is_proven_return(event):
        return None
    if event.purpose != ALL_LISTS:
        return before
    if cause := TAKEN_BACK.get(event.kind):
        return None if before and before.kind == cause else before
    if event.kind not in WEIGHTS:
        return before
    if before and WEIGHTS[before.kind] >= WEIGHTS[event.kind]:
        return before
    return Suppressed(event.kind, event.at, event.origin)


def _is_proven_return(event: Happened) -> bool:
    """The owner of the mailbox has newly asked for letters, and pressed the button there."""
    return event.kind == Kind.CONFIRMED and event.method == Method.CONFIRM_POST
