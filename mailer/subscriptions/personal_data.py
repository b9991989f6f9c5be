"""What the lists hold of one person, by fingerprint."""

from sqlalchemy import select

from mailer.addresses import Address
from mailer.db import db
from mailer.errors import Conflict
from mailer.subscriptions.models import Confirmation, Subscriber


def collect(fingerprint: str) -> list[dict[str, object]]:
    """All that is held, for the copy that the person may ask for (GDPR art. 15)."""
    person = _person(fingerprint)
    if person is None:
        return []
    held: list[dict[str, object]] = [
        {
            "what": "subscriber",
            "address": person.address,
            "language": person.language,
            "created_at": person.created_at,
        }
    ]
    held += [
        {
            "what": "subscription",
            "list": line.mailing_list.name,
            "state": line.state.value,
            "requested_at": line.requested_at,
            "confirmed_at": line.confirmed_at,
            "ended_at": line.ended_at,
        }
        for line in person.subscriptions
    ]
    sent = select(Confirmation).where(Confirmation.subscriber_id == person.id)
    held += [
        {"what": "confirmation", "sent_at": link.sent_at, "used_at": link.used_at}
        for link in db.session.scalars(sent.order_by(Confirmation.id))
    ]
    return held


def rectify(fingerprint: str, address: Address, new_fingerprint: str) -> None:
    """Write to the other address from now on; raises Conflict when it is somebody's already."""
    if _person(new_fingerprint) not in {None, _person(fingerprint)}:
        raise Conflict("address")
    if person := _person(fingerprint):
        person.address, person.fingerprint = address.display, new_fingerprint
        db.session.flush()


def _person(fingerprint: str) -> Subscriber | None:
    return db.session.scalars(
        select(Subscriber).where(Subscriber.fingerprint == fingerprint)
    ).first()
