"""What was sent to one address and what came of each letter, and why it is not written to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, select

from mailer.bounces import tables
from mailer.bounces.fates import Fate
from mailer.bounces.reports import Cause
from mailer.bounces.tables import Told
from mailer.consent import operations as consent
from mailer.consent.models import Reason, Suppression
from mailer.consent.queries import is_set_aside
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.errors import NotFound
from mailer.mail.returned import Kind
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries
from mailer.subscriptions.models import Subscriber
from mailer.web.pages import PAGE_ROWS, Page, page_of

LETTERS = 100
DELIVERY = "delivery:"


@dataclass(frozen=True)
class Letter:
    """One letter to the address."""

    delivery_id: int
    campaign_id: int
    subject: str
    at: datetime
    state: DeliveryState
    is_complaint: bool
    cause: Cause


@dataclass(frozen=True)
class History:
    """All that is known of one address; who was erased has no person."""

    person: Subscriber | None
    suppression: Suppression | None
    letters: Sequence[Letter]
    # The data are set aside, and shown to nobody (GDPR art. 18(2)).
    is_restricted: bool = False

    @property
    def is_restorable(self) -> bool:
        """Whether staff may write to the address again."""
        dead = bool(self.suppression and self.suppression.reason is Reason.HARD_BOUNCE)
        return dead and not self.is_restricted

    @property
    def origin(self) -> Letter | None:
        """The letter that the suppression rests on, when it is known."""
        told = self.suppression.origin if self.suppression else ""
        number = told.removeprefix(DELIVERY)
        return next((each for each in self.letters if number == str(each.delivery_id)), None)


def of_subscriber(number: int) -> History:
    """The history of that person's address; raises NotFound."""
    found = db.session.get(Subscriber, number)
    if found is None:
        raise NotFound("subscriber")
    return _history(found, suppression_of(found.fingerprint))


def of_suppression(number: int) -> History:
    """The history of the address of that suppression; raises NotFound."""
    found = db.session.get(Suppression, number)
    if found is None:
        raise NotFound("suppression")
    return _history(subscriber_of(found.fingerprint), found)


def subscriber_of(fingerprint: str) -> Subscriber | None:
    """The person who is known under that fingerprint."""
    found = select(Subscriber).where(Subscriber.fingerprint == fingerprint)
    return db.session.scalars(found).first()


def suppression_of(fingerprint: str) -> Suppression | None:
    """Why and since when the address is not written to."""
    found = select(Suppression).where(Suppression.fingerprint == fingerprint)
    return db.session.scalars(found).first()


def restore(number: int, reason: str, at: datetime, actor: str) -> None:
    """Write again to the address of that suppression; raises Conflict where a person said no."""
    found = db.session.get(Suppression, number)
    if found is None:
        raise NotFound("suppression")
    queries.hold(Subscriber.fingerprint == found.fingerprint)
    consent.restore(found.fingerprint, reason, at, actor)


def _history(person: Subscriber | None, suppression: Suppression | None) -> History:
    known = person or suppression
    is_restricted = known is not None and is_set_aside(known.fingerprint)
    if person is None or is_restricted:
        return History(person, suppression, (), is_restricted)
    theirs = _letters(Delivery.subscriber_id == person.id, LETTERS)
    return History(person, suppression, list(theirs))


def letters(subscriber_id: int, before: int | None = None) -> Page[Letter]:
    """The letters to that person, the last first; those before the key."""
    theirs = Delivery.subscriber_id == subscriber_id
    if before is not None:
        theirs &= Delivery.id < before
    found = list(_letters(theirs, PAGE_ROWS + 1))
    return page_of(found, [each.delivery_id for each in found])


def _letters(which: ColumnElement[bool], most: int) -> Iterator[Letter]:
    last, complained = (tables.last_told(kind, which) for kind in (Kind.BOUNCE, Kind.COMPLAINT))
    found = (
        select(
            Delivery.id,
            Delivery.campaign_id,
            Issue.subject,
            Delivery.at,
            Delivery.state,
            complained.c.id.is_not(None),
            tables.fate(),
            Told.reason,
            case((Told.id.is_(None), Delivery.status)),
        )
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .join(Issue, Issue.id == Campaign.issue_id)
        .outerjoin(last, last.c.delivery_id == Delivery.id)
        .outerjoin(Told, Told.id == last.c.id)
        .outerjoin(complained, complained.c.delivery_id == Delivery.id)
        .where(which)
        .order_by(Delivery.id.desc())
        .limit(most)
    )
    for number, campaign, subject, at, state, complaint, *why in db.session.execute(found):
        cause = Cause(Fate(why[0]), why[1], why[2], 1)
        yield Letter(number, campaign, subject, at, state, complaint, cause)
