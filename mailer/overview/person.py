"""One person whole: where they stand on each list and why, what they were sent, what they chose."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from mailer.bounces import person as bounces
from mailer.bounces.person import Letter
from mailer.consent import proof
from mailer.consent.models import Reason, Suppression
from mailer.consent.proof import Proof
from mailer.consent.queries import restricted
from mailer.db import db
from mailer.errors import NotFound
from mailer.rights import queue
from mailer.rights.models import RightsRequest
from mailer.subscriptions import story
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.story import Story
from mailer.web.pages import Page


@dataclass(frozen=True)
class Standing:
    """One list: where the person stands on it, and the story of how that came."""

    line: Subscription
    story: Story


@dataclass(frozen=True)
class Person:
    """What the desk knows of a subscriber."""

    row: Subscriber
    standings: Sequence[Standing]
    proof: Proof
    suppression: Suppression | None
    letters: Page[Letter]


def of(subscriber_id: int, before: int | None) -> Person:
    """That person, with the letters before the key; raises NotFound for who is set aside too."""
    row = db.session.get(Subscriber, subscriber_id)
    if row is None:
        raise NotFound("subscriber")
    suppression = bounces.suppression_of(row.fingerprint)
    if suppression and suppression.reason is Reason.RESTRICTION:
        # Their data are shown to nobody at the lists' pages (GDPR art. 18(2)).
        raise NotFound("subscriber")
    whole = proof.of(row.fingerprint)
    lines = db.session.scalars(
        select(Subscription)
        .where(Subscription.subscriber_id == row.id)
        .options(joinedload(Subscription.mailing_list))
        .order_by(Subscription.list_id)
    )
    standings = [
        Standing(line, story.of(whole.events, line.mailing_list.purpose)) for line in lines
    ]
    letters = bounces.letters(row.id, before)
    return Person(row, standings, whole, suppression, letters)


def requests_of(person: Person) -> Sequence[RightsRequest]:
    """What the person asked about their data: for the officer alone."""
    return queue.of_mailbox(person.row.fingerprint)


def line_of(subscriber_id: int, list_id: int) -> Subscription:
    """The person's subscription to the list; raises NotFound, for who is set aside too."""
    found = db.session.scalar(
        select(Subscription)
        .join(Subscriber)
        .where(
            Subscription.subscriber_id == subscriber_id,
            Subscription.list_id == list_id,
            ~restricted(Subscriber.fingerprint),
        )
    )
    if found is None:
        raise NotFound("subscription")
    return found
