"""What we are told becomes rows before it is answered; a job draws the consequences later."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from mailer import addresses
from mailer.addresses import Address
from mailer.bounces import naming
from mailer.bounces.models import ProviderEvent
from mailer.bounces.providers.meaning import returned
from mailer.bounces.providers.told import Told
from mailer.consent.subjects import fingerprints_of
from mailer.db import Base, db, hint
from mailer.errors import Invalid
from mailer.mail.returned import Returned

Insert = Callable[[type[Base]], postgresql.Insert | sqlite.Insert]
Proof = Callable[[Returned], bool]
INSERT: dict[str, Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
COUNT = text(
    "INSERT INTO refused_request (provider, day, number) VALUES (:provider, :day, 1)"
    " ON CONFLICT (provider, day) DO UPDATE SET number = refused_request.number + 1"
)
# The job that draws the consequences (settling.py).
SETTLE = "settle-returns"
UNIQUE = (ProviderEvent.provider, ProviderEvent.event_id)


def note(provider: str, events: Iterable[Told], at: datetime) -> int:
    """Keep what concerns our mails, without a word of a person's; how many were new."""
    concern = [found for each in events if (found := returned(each))]
    return keep(provider, concern, at, lambda _each: True)


def keep(provider: str, concern: Sequence[Returned], at: datetime, is_proven: Proof) -> int:
    """The same for what is read already; `is_proven` tells what nobody else can have written."""
    rows = [
        row | {"is_proven": is_proven(each)}
        for each, row in zip(concern, _rows(provider, concern, at), strict=True)
    ]
    if not rows:
        return 0
    insert = INSERT[db.session.get_bind().dialect.name](ProviderEvent)
    kept = insert.on_conflict_do_nothing(index_elements=UNIQUE).returning(ProviderEvent.id)
    hint(SETTLE)
    return len(db.session.scalars(kept, rows).all())


def count_refused(provider: str, day: date) -> None:
    """One more request in the name of that service was refused."""
    db.session.execute(COUNT, {"provider": provider, "day": day})


def _rows(provider: str, concern: Sequence[Returned], at: datetime) -> Iterator[dict[str, Any]]:
    about = zip(concern, naming.deliveries(concern), _fingerprints(concern), strict=True)
    numbers = Numbers()
    for each, delivery_id, fingerprint in about:
        yield {
            "provider": provider,
            "event_id": numbers.of(each, fingerprint),
            "fingerprint": fingerprint,
            "kind": each.kind,
            "reason": each.reason,
            "status": each.status,
            "is_permanent": each.is_permanent,
            "feedback_type": each.feedback_type,
            "delivery_id": delivery_id,
            "at": each.at,
            "received_at": at,
        }


def _fingerprints(concern: Sequence[Returned]) -> list[str]:
    parsed = [_address(each.recipient) for each in concern]
    known = iter(fingerprints_of([address for address in parsed if address]))
    return [next(known) if address else "" for address in parsed]


def _address(recipient: str) -> Address | None:
    try:
        return addresses.parse(recipient)
    except Invalid:
        return None


class Numbers:
    """The numbers of the events of one request.

    The service's own for the first recipient; the others of that event are counted after it
    (Amazon SES). In another request the number is taken, whoever it is about.
    """

    def __init__(self) -> None:
        self._recipients: dict[str, list[str]] = {}

    def of(self, each: Returned, fingerprint: str) -> str:
        """The number that this event is kept under."""
        if not each.event_id:
            return _digest(each, fingerprint)
        recipients = self._recipients.setdefault(each.event_id, [])
        if fingerprint not in recipients:
            recipients.append(fingerprint)
        place = recipients.index(fingerprint)
        return f"{each.event_id}#{place + 1}" if place else each.event_id


def _digest(each: Returned, fingerprint: str) -> str:
    """A number for an event that came without one: the same when it comes again."""
    told = (each.kind, each.reason, each.message_id, fingerprint, str(each.at), each.status)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
