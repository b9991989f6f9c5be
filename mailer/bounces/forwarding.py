"""Passing a person's answer on to whoever wrote the letter."""

from datetime import datetime

from flask import current_app

from mailer.accounts import queries as accounts
from mailer.audit.operations import record
from mailer.bounces import emails
from mailer.bounces.answers import Answer
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import Event, after
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.mail import outbox


def forward(row: ReturnedMail, found: Answer, actor: str, at: datetime) -> None:
    """Put the answer in the outbox, to the editor; raises Conflict when it was decided already."""
    row.state = after(row.state, Event.FORWARD)
    row.decided_at, row.decided_by, row.reason = at, actor, ""
    campaign = campaign_of(row)
    message = emails.reply(_editor(campaign), campaign, found)
    outbox.put(message, origin=subject(row))
    record(actor, "forward-returned", subject(row))


def campaign_of(row: ReturnedMail) -> Campaign | None:
    """The sending whose letter is answered, when the mail names one."""
    mail = db.session.get(Delivery, row.delivery_id) if row.delivery_id else None
    return db.session.get(Campaign, mail.campaign_id) if mail else None


def _editor(campaign: Campaign | None) -> str:
    """Who decided to send the letter; the house when nobody of the desk is known."""
    account = accounts.by_id(campaign.created_by) if campaign and campaign.created_by else None
    sender: str = current_app.config["SENDER_ADDRESS"]
    return account.email if account else sender


def subject(row: ReturnedMail) -> str:
    """How the audit record names the mail."""
    return f"returned_mail:{row.id}"
