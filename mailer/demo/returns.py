"""What came back of the past campaigns, as a relay's reports would have told it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import insert, select

from mailer.bounces.models import ProviderEvent, RefusedRequest
from mailer.clock import paris_day
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind, Reason

PROVIDER = "mail"
CAME_AFTER = timedelta(minutes=3)
REFUSED_REQUESTS = 4
# What the codes of the demo's failures mean; one in three of the dead tells another reason.
REASONS: Mapping[str, Sequence[Reason]] = {
    "5.1.1": (Reason.USER_UNKNOWN, Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN),
    "5.2.2": (Reason.MAILBOX_FULL, Reason.SUSPEND),
    "4.4.1": (Reason.EXPIRED,),
}


def load() -> None:
    """A report for each mail that failed, and a few requests that nobody let in."""
    draw = Random(7)  # noqa: S311 - the same history each time
    failed = (
        select(Delivery.id, Delivery.status, Delivery.at)
        .where(Delivery.state == DeliveryState.FAILED)
        .order_by(Delivery.id)
    )
    events = [
        {
            "provider": PROVIDER,
            "event_id": f"demo-{number}",
            "fingerprint": "",
            "kind": Kind.BOUNCE,
            "reason": draw.choice(REASONS.get(status or "", (Reason.UNDEFINED,))),
            "status": status or "",
            "is_permanent": True,
            "is_proven": True,
            "feedback_type": "",
            "delivery_id": number,
            "at": at,
            "received_at": at + CAME_AFTER,
            "handled_at": at + CAME_AFTER,
        }
        for number, status, at in db.session.execute(failed)
    ]
    if events:
        db.session.execute(insert(ProviderEvent), events)
    _refuse()


def _refuse() -> None:
    newest = select(Campaign.starts_at).order_by(Campaign.starts_at.desc()).limit(1)
    if at := db.session.scalar(newest):
        day = paris_day(at)
        db.session.add(RefusedRequest(provider="brevo", day=day, number=REFUSED_REQUESTS))
