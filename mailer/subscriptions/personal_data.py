"""What the lists say of a person, and how an address is corrected."""

from sqlalchemy import select

from mailer.addresses import Address
from mailer.db import db
from mailer.errors import Conflict
from mailer.subscriptions.models import MailingList, Subscriber, Subscription

# Which list it is, instead of its number.
NAMED = {
    "list_id": select(MailingList.name)
    .where(MailingList.id == Subscription.list_id)
    .correlate(Subscription)
    .scalar_subquery()
}


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
