"""How many people a segment means, soon enough to be told while one types; and five of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isqrt

from sqlalchemy import Select, func, select, text

from mailer.addresses import masked
from mailer.consent.queries import restricted
from mailer.db import among, db
from mailer.delivery import segments
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.segments.predicate import All, Node, Not, Some, parts_of

# Up to so many numbers of people all are asked; above, so many places among them.
ALL_UP_TO, ASKED = 20_000, 2_000
SHOWN = 5
LITTLE_MEMORY = text("SET LOCAL work_mem = '64kB'")
# Each place falls by the golden ratio from the last: evenly, and in step with no pattern of theirs.
GOLDEN = (5**0.5 - 1) / 2
# Of so many places without one, 95 % of the time fewer than so many in all have one.
NONE_FOUND = 3


@dataclass(frozen=True)
class Count:
    """Between how many people and how many; the same twice when each was asked."""

    least: int
    most: int

    @property
    def is_exact(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True)
class Person:
    """Somebody whom the segment means, masked, and the parts of it that are true of them."""

    masked: str
    because: tuple[Node, ...]


def live(where: Node, at: datetime) -> Count:
    """The count, in a time that does not grow with the number of people."""
    # Asked for apart: SQLite looks up one end of an index, and reads all of it for two.
    ends = (select(end(Subscriber.id)).scalar_subquery() for end in (func.min, func.max))
    first, last = db.session.execute(select(*ends)).one()
    if first is None:
        return Count(0, 0)
    span = last - first + 1
    if span <= ALL_UP_TO:
        found = exact(where, at)
        return Count(found, found)
    _look_up_each()
    places = [first + int(n * GOLDEN % 1 * span) for n in range(ASKED)]
    asked = _counted(where, at).where(among(Subscriber.__table__.c.id, places))
    found = db.session.scalar(asked) or 0
    return _between(found, span)


def _look_up_each() -> None:
    """Have PostgreSQL ask about the few places one by one, whatever the rest of the transaction.

    With more memory it reads everybody of a list into a table of hashes, to look up two thousand.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(LITTLE_MEMORY)


def _between(found: int, span: int) -> Count:
    """What so many of the places that were asked say of all, 19 times in 20."""
    if not found:
        return Count(0, NONE_FOUND * span // ASKED)
    # Twice the standard deviation of a count by chance.
    margin = 2 * (isqrt(found * (ASKED - found) // ASKED) + 1)
    least, most = max(found - margin, 1), min(found + margin, ASKED)
    return Count(least * span // ASKED, most * span // ASKED)


def exact(where: Node, at: datetime) -> int:
    """The count of everyone, however long it takes."""
    return db.session.scalar(_counted(where, at)) or 0


def _counted(where: Node, at: datetime) -> Select[int]:
    return select(func.count(Subscriber.id)).where(
        segments.matches(where, at), ~restricted(Subscriber.fingerprint)
    )


def some(where: Node, at: datetime) -> Sequence[Person]:
    """The newest few whom it means, and why."""
    parts = list(dict.fromkeys(_literals(where)))
    found = (
        select(Subscriber.address, *(segments.matches(part, at) for part in parts))
        .where(segments.matches(where, at), ~restricted(Subscriber.fingerprint))
        .order_by(Subscriber.id.desc())
        .limit(SHOWN)
    )
    return [
        Person(
            masked(address), tuple(part for part, holds in zip(parts, row, strict=True) if holds)
        )
        for address, *row in db.session.execute(found)
    ]


def _literals(node: Node) -> Iterator[Node]:
    """Its conditions, each as it is asked for: itself, or denied."""
    if isinstance(node, All | Some):
        for part in parts_of(node):
            yield from _literals(part)
    elif isinstance(node, Not) and parts_of(node.part):
        yield from map(_opposite, _literals(node.part))
    else:
        yield node


def _opposite(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)


def awaiting(segment_id: int) -> Sequence[Campaign]:
    """The campaigns decided with the segment that have not begun."""
    return db.session.scalars(
        select(Campaign)
        .where(Campaign.segment_id == segment_id, Campaign.state == CampaignState.SCHEDULED)
        .order_by(Campaign.starts_at)
    ).all()
