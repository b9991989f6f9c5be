"""What the ledger of sendings says of a person, and how it lets go of one."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DELIVERY, DeliveryEvent, sources, target
from mailer.newsletters.models import Issue

# Which letter it was, instead of the number of its sending.
NAMED = {
    "campaign_id": select(Issue.subject)
    .join(Campaign, Campaign.issue_id == Issue.id)
    .where(Campaign.id == Delivery.campaign_id)
    .correlate(Delivery)
    .scalar_subquery()
}


def detach(which: ColumnElement[bool], at: datetime) -> int:
    """Let those mails count of nobody, and what had not left stay here; says how many."""
    withheld = target(DELIVERY, DeliveryEvent.WITHHOLD)
    to_do = Delivery.state.in_(sources(DELIVERY, DeliveryEvent.WITHHOLD))
    values = {"state": withheld, "next_at": None, "at": at}
    connection = db.session.connection()
    connection.execute(update(Delivery).where(which, to_do).values(values))
    return connection.execute(update(Delivery).where(which).values(subscriber_id=None)).rowcount
