"""What the proofs hold of one person, by fingerprint."""

from datetime import datetime

from sqlalchemy import select, update

from mailer.consent.models import ConsentEvent, Suppression
from mailer.db import db


def collect(fingerprint: str) -> list[dict[str, object]]:
    """All that is held, for the copy that the person may ask for (GDPR art. 15)."""
    events = db.session.scalars(
        select(ConsentEvent)
        .where(ConsentEvent.fingerprint == fingerprint)
        .order_by(ConsentEvent.id)
    )
    suppressions = db.session.scalars(
        select(Suppression).where(Suppression.fingerprint == fingerprint)
    )
    held: list[dict[str, object]] = [
        {
            "what": "consent_event",
            "kind": event.kind.value,
            "purpose": event.purpose,
            "occurred_at": event.occurred_at,
            "method": event.method.value,
            "page": event.page,
            "network": event.network,
            "notice_sha256": event.notice_sha256,
            "form_sha256": event.form_sha256,
        }
        for event in events
    ]
    held += [
        {"what": "suppression", "reason": row.reason.value, "since": row.since}
        for row in suppressions
    ]
    return held


def erase(fingerprint: str, at: datetime) -> None:
    """Forget the network. The proof and the objection stay, under a fingerprint (art. 17(3)(e))."""
    db.session.execute(
        update(ConsentEvent)
        .where(ConsentEvent.fingerprint == fingerprint, ConsentEvent.recorded_at <= at)
        .values(network=None)
    )
