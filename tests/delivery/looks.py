"""What tests look at."""

from email import message_from_bytes, policy

from sqlalchemy import select

from mailer.db import db
from mailer.delivery import reports
from mailer.delivery.models import Campaign


def states(campaign_id):
    """How many mails of the campaign are in each state."""
    counted = reports.counts([campaign_id])[campaign_id].states
    return {state.value: count for state, count in counted.items()}


def campaign(campaign_id):
    """The campaign as it is stored now."""
    db.session.rollback()
    return db.session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()


def html(envelope):
    """The HTML part of a mail."""
    message = message_from_bytes(envelope.content, policy=policy.default)
    return message.get_body(["html"]).get_content()
