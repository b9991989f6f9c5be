"""What the proofs hold of one person, by fingerprint."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, exists, select, update

from mailer.consent import sealing
from mailer.consent.models import ConsentEvent, SubjectKey, Suppression
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
            "notice_sha256": event.notice_sha256,
            "form_sha256": event.form_sha256,
            **opened(event),
        }
        for event in events
    ]
    held += [
        {"what": "suppression", "reason": row.reason.value, "since": row.since}
        for row in suppressions
    ]
    return held


def opened(event: ConsentEvent) -> Mapping[str, str]:
    """What the event holds under the person's key: address, page, network, user agent, if any.

    Raises Invalid for what was changed behind the ledger's back.
    """
    kept = db.session.get(SubjectKey, event.fingerprint)
    found: dict[str, str] = {}
    for name, ciphertext in (("sealed", event.sealed), ("trace", event.trace)):
        if kept and ciphertext:
            found |= sealing.unseal(ciphertext, kept.key, f"{event.uuid}/{name}")
    return found


def erase(fingerprint: str, at: datetime) -> None:
    """Forget address, page and network. Proof and objection stay, under a fingerprint (17(3)(e)).

    What was sealed after that time, and the key that opens it, stay for who has come back.
    """
    theirs = ConsentEvent.fingerprint == fingerprint
    db.session.execute(
        update(ConsentEvent)
        .where(theirs, ConsentEvent.recorded_at <= at)
        .values(sealed=None, trace=None)
    )
    is_needed = exists().where(
        theirs, ConsentEvent.sealed.is_not(None) | ConsentEvent.trace.is_not(None)
    )
    db.session.execute(delete(SubjectKey).where(SubjectKey.fingerprint == fingerprint, ~is_needed))
