"""What the ledger holds about a person: which letters were sent, when, and how that ended."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DELIVERY, DeliveryEvent, sources, target
from mailer.newsletters.models import Issue
from mailer.subscriptions.models import Subscriber


def collect(fingerprint: str) -> list[dict[str, str]]:
    """Each letter that was promised to the person, oldest first."""
    found = (
        select(Issue.subject, Delivery.state, Delivery.at)
        .join(Campaign, Campaign.issue_id == Issue.id)
        .join(Delivery, Delivery.campaign_id == Campaign.id)
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .where(Subscriber.fingerprint == fingerprint)
        .order_by(Delivery.id)
    )
    return [
        {"letter": subject, "state": state.value, "at": at.isoformat()}
        for subject, state, at in db.session.execute(found)
    ]


def detach(which: ColumnElement[bool], at: datetime) -> int:
    """Let those mails count of nobody, and what had not left stay here; says how many."""
    withheld = target(DELIVERY, DeliveryEvent.WITHHOLD)
    to_do = Delivery.state.in_(sources(DELIVERY, DeliveryEvent.WITHHOLD))
    values = {"state": withheld, "next_at": None, "at": at}
    connection = db.session.connection()
    connection.execute(update(Delivery).where(which, to_do).values(values))
    return connection.execute(update(Delivery).where(which).values(subscriber_id=None)).rowcount
