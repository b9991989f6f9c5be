"""Writing proofs and the do-not-write list.

Every event passes through `record`: that is where the ledger's chain will be forged.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, text

from mailer.consent.evidence import Evidence, Kind, Method, sha256
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.consent.notices import NoticeText
from mailer.db import UTCDateTime, db

# An objection concerns every list.
ALL_LISTS = "list:*"

HAPPENED = {
    Reason.OBJECTION: (Kind.OBJECTED, Method.RIGHTS_REQUEST),
    Reason.COMPLAINT: (Kind.COMPLAINED, Method.FEEDBACK_LOOP),
    Reason.HARD_BOUNCE: (Kind.HARD_BOUNCED, Method.BOUNCE),
    Reason.RESTRICTION: (Kind.RESTRICTED, Method.RIGHTS_REQUEST),
}

# One statement, so that two causes at the same instant cannot collide. An objection outweighs all,
# and all outweighs a restriction, which alone is taken back.
SUPPRESS = text(
    "INSERT INTO suppression (fingerprint, reason, since, origin)"
    " VALUES (:fingerprint, :reason, :since, :origin)"
    " ON CONFLICT (fingerprint) DO UPDATE"
    " SET reason = excluded.reason, since = excluded.since, origin = excluded.origin"
    " WHERE excluded.reason <> suppression.reason"
    " AND (excluded.reason = 'objection' OR suppression.reason = 'restriction')"
).bindparams(bindparam("since", type_=UTCDateTime()))

# What two visitors were shown at once is kept once.
KEEP_NOTICE = text(
    "INSERT INTO notice (kind, locale, version, title, body, sha256, valid_from)"
    " SELECT CAST(:kind AS VARCHAR), CAST(:locale AS VARCHAR), COALESCE(MAX(version), 0) + 1,"
    " :title, :body, :sha256, :at"
    " FROM notice WHERE kind = :kind AND locale = :locale"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UTCDateTime()))
KEEP_FORM = text(
    "INSERT INTO form_snapshot (content, sha256, valid_from) VALUES (:content, :sha256, :at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UTCDateTime()))


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
        network=evidence.network or None,
        origin=evidence.origin,
    )
    db.session.add(event)
    db.session.flush()
    return event


def keep_notice(shown: NoticeText, at: datetime) -> None:
    """Keep the text as a new version, unless it is the text of a version that is kept already."""
    values = {"kind": shown.kind.value, "locale": shown.locale, "title": shown.title}
    values |= {"body": shown.body, "sha256": shown.sha256}
    db.session.execute(KEEP_NOTICE, values | {"at": at})


def keep_form(content: str, at: datetime) -> str:
    """Keep the form as it was shown, once, and give the digest by which events point at it."""
    digest = sha256(content)
    db.session.execute(KEEP_FORM, {"content": content, "sha256": digest, "at": at})
    return digest


def suppress(fingerprint: str, reason: Reason, at: datetime, origin: str) -> None:
    """Never write to this address again, from this transaction on."""
    db.session.execute(
        SUPPRESS,
        {"fingerprint": fingerprint, "reason": reason.value, "since": at, "origin": origin},
    )
    kind, method = HAPPENED[reason]
    record(fingerprint, ALL_LISTS, kind, Evidence(method, at, origin=origin))


def unrestrict(fingerprint: str, at: datetime, origin: str) -> None:
    """Allow writing again after a restriction; every other cause stands."""
    restricted = (
        delete(Suppression)
        .where(Suppression.fingerprint == fingerprint, Suppression.reason == Reason.RESTRICTION)
        .returning(Suppression.id)
    )
    if db.session.scalars(restricted).all():
        evidence = Evidence(Method.RIGHTS_REQUEST, at, origin=origin)
        record(fingerprint, ALL_LISTS, Kind.UNRESTRICTED, evidence, actor="staff")


def lift(fingerprint: str, at: datetime) -> None:
    """Allow writing again, because the owner of the mailbox has newly asked for it."""
    db.session.execute(
        delete(Suppression).where(Suppression.fingerprint == fingerprint, Suppression.since <= at)
    )
