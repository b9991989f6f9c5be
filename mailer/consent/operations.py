"""Writing proofs and the do-not-write list.

Every event passes through `record`: that is where the ledger's chain will be forged.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, text

from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.db import UTCDateTime, db

# An objection concerns every list.
ALL_LISTS = "list:*"

HAPPENED = {
    Reason.OBJECTION: (Kind.OBJECTED, Method.RIGHTS_REQUEST),
    Reason.COMPLAINT: (Kind.COMPLAINED, Method.FEEDBACK_LOOP),
    Reason.HARD_BOUNCE: (Kind.HARD_BOUNCED, Method.BOUNCE),
}

# One statement, so that two causes at the same instant cannot collide; an objection outweighs.
SUPPRESS = text(
    "INSERT INTO suppression (fingerprint, reason, since, origin)"
    " VALUES (:fingerprint, :reason, :since, :origin)"
    " ON CONFLICT (fingerprint) DO UPDATE"
    " SET reason = excluded.reason, since = excluded.since, origin = excluded.origin"
    " WHERE excluded.reason = 'objection' AND suppression.reason <> 'objection'"
).bindparams(bindparam("since", type_=UTCDateTime()))


def record(
    fingerprint: str, purpose: str, kind: Kind, evidence: Evidence, actor: str = "subject"
) -> ConsentEvent:
    """Add one event to the record; it is never changed afterwards."""
    event = ConsentEvent(
        occurred_at=evidence.given_at,
        recorded_at=evidence.given_at,
        fingerprint=fingerprint,
        purpose=purpose,
        kind=kind,
        method=evidence.method,
        actor=actor,
        notice_sha256=evidence.notice_sha256,
        form_sha256=evidence.form_sha256,
        locale=evidence.language,
        page=evidence.page,
        network=evidence.network,
        origin=evidence.origin,
    )
    db.session.add(event)
    db.session.flush()
    return event


def suppress(fingerprint: str, reason: Reason, at: datetime, origin: str) -> None:
    """Never write to this address again, from this transaction on."""
    db.session.execute(
        SUPPRESS,
        {"fingerprint": fingerprint, "reason": reason.value, "since": at, "origin": origin},
    )
    kind, method = HAPPENED[reason]
    record(fingerprint, ALL_LISTS, kind, Evidence(method, at, origin=origin))


def lift(fingerprint: str, at: datetime) -> None:
    """Allow writing again, because the owner of the mailbox has newly asked for it."""
    db.session.execute(
        delete(Suppression).where(Suppression.fingerprint == fingerprint, Suppression.since <= at)
    )
