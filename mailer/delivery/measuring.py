"""What a campaign may measure now, and where its measured links lead."""

from collections.abc import Mapping

from flask import current_app
from sqlalchemy import insert, select

from mailer.consent.bases import LawfulBasis
from mailer.consent.tracking import Mode, strictest
from mailer.db import db
from mailer.delivery.engagement import MeasuredLink
from mailer.delivery.models import Campaign
from mailer.delivery.tracking import Gate, links_of
from mailer.subscriptions.models import MailingList


def instance_mode() -> Mode:
    """The most that this installation measures."""
    return Mode(current_app.config["TRACKING"])


def most_for(receivers: MailingList) -> Mode:
    """The most that a letter to the list may measure."""
    return strictest(instance_mode(), receivers.tracking)


def gate_of(campaign: Campaign) -> Gate:
    """What may be measured of the campaign now: asked again at each hit, since any may change."""
    receivers = db.session.get_one(MailingList, campaign.list_id)
    modes = (instance_mode(), receivers.tracking, campaign.tracking)
    # What rests on anything else than a yes was not asked for by the person.
    return Gate(modes, asked_for=receivers.basis is LawfulBasis.CONSENT)


def keep_links(campaign: Campaign, html: str) -> None:
    """Number the links of a letter that may be measured; a second time changes nothing."""
    if gate_of(campaign).is_shut or link_positions(campaign.id):
        return
    found = links_of(html, current_app.config["BASE_URL"].rstrip("/"))
    rows = [
        {"campaign_id": campaign.id, "position": position, "url": url}
        for position, url in enumerate(found, start=1)
    ]
    if rows:
        db.session.execute(insert(MeasuredLink), rows)


def link_positions(campaign_id: int) -> Mapping[str, int]:
    """The number of each measured link of the campaign."""
    found = select(MeasuredLink.url, MeasuredLink.position).where(
        MeasuredLink.campaign_id == campaign_id
    )
    return dict(db.session.execute(found).all())
