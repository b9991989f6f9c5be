"""Reading proofs, notices and the do-not-write list."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, func, or_, select

from mailer.consent.evidence import Kind
from mailer.consent.models import (
    ConsentEvent,
    ConsentState,
    Notice,
    NoticeKind,
    NoticeSource,
    Reason,
    Suppression,
)
from mailer.consent.states import YES
from mailer.db import among, db
from mailer.errors import NotFound


def sendable(fingerprint: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """THE predicate: whether the address of that fingerprint may be written to."""
    return ~exists().where(Suppression.fingerprint == fingerprint)


def restricted(fingerprint: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether the person's data are set aside: in no count, list or file (GDPR art. 18(2))."""
    return exists().where(
        Suppression.fingerprint == fingerprint, Suppression.reason == Reason.RESTRICTION
    )


def is_sendable(fingerprint: str) -> bool:
    """Whether that one address may be written to."""
    return not db.session.scalar(select(exists().where(Suppression.fingerprint == fingerprint)))


def suppression_of(fingerprint: str) -> Reason | None:
    """Why that address is not written to, or None when nothing stands against it."""
    return db.session.scalar(
        select(Suppression.reason).where(Suppression.fingerprint == fingerprint)
    )


def suppressions(fingerprints: Collection[str]) -> dict[str, Reason]:
    """Why each of these addresses is not written to; those against which something stands."""
    if not fingerprints:
        return {}
    column = Suppression.__table__.c
    found = select(Suppression.fingerprint, Suppression.reason)
    rows = db.session.execute(found.where(among(column.fingerprint, fingerprints)))
    return dict(rows.all())


def is_set_aside(fingerprint: str) -> bool:
    """Whether a restriction has begun, and not ended: heavier causes may stand in its place."""
    last = (
        select(ConsentEvent.kind)
        .where(
            ConsentEvent.fingerprint == fingerprint,
            ConsentEvent.kind.in_((Kind.RESTRICTED, Kind.UNRESTRICTED)),
        )
        .order_by(ConsentEvent.id.desc())
        .limit(1)
    )
    return db.session.scalar(last) is Kind.RESTRICTED


def state(fingerprint: str, purpose: str) -> Kind | None:
    """The last thing that decided for that person and purpose, or None when nothing did."""
    return db.session.scalar(
        select(ConsentState.kind).where(
            ConsentState.fingerprint == fingerprint, ConsentState.purpose == purpose
        )
    )


def current_notice(kind: NoticeKind, locale: str) -> Notice | None:
    """The newest stored version of that notice, or None before anyone answered under it."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.kind == kind, Notice.locale == locale, Notice.version.is_not(None))
        .order_by(Notice.version.desc())
        .limit(1)
    ).first()


def last_yes(fingerprint: str, purpose: str) -> ConsentEvent:
    """The last event by which the person asked or said yes: it holds what was shown then."""
    return db.session.scalars(
        select(ConsentEvent)
        .where(
            ConsentEvent.fingerprint == fingerprint,
            ConsentEvent.purpose == purpose,
            ConsentEvent.kind.in_(
                (Kind.SIGNUP_REQUESTED, Kind.CONFIRMED, Kind.IMPORTED, Kind.RENEWED)
            ),
        )
        .order_by(ConsentEvent.id.desc())
        .limit(1)
    ).one()


def kept_notice(sha256: str) -> Notice | None:
    """The stored version of that text, or None before anyone answered under it."""
    return db.session.scalars(select(Notice).where(Notice.sha256 == sha256)).first()


def is_kept(sha256: str) -> bool:
    """Whether that text is kept already."""
    return bool(db.session.scalar(select(exists().where(Notice.sha256 == sha256))))


def notice(notice_id: int) -> Notice:
    """The kept text of that number; raises NotFound."""
    found = db.session.get(Notice, notice_id)
    if found is None:
        raise NotFound("notice")
    return found


def numbered_notices(kind: NoticeKind, locale: str) -> Sequence[Notice]:
    """Every version of that notice that was shown here, the newest first."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.kind == kind, Notice.locale == locale, Notice.version.is_not(None))
        .order_by(Notice.version.desc())
    ).all()


def earlier_notices(locale: str) -> Sequence[Notice]:
    """What people may have read here before in that language: whole notices, and old texts."""
    return db.session.scalars(
        select(Notice)
        .where(
            Notice.locale == locale,
            or_(Notice.kind == NoticeKind.FULL, Notice.filed_at.is_not(None)),
        )
        .order_by(Notice.id.desc())
    ).all()


def filed_notices() -> Sequence[Notice]:
    """The old texts that were shown elsewhere and filed here, by name."""
    return db.session.scalars(
        select(Notice).where(Notice.filed_at.is_not(None)).order_by(Notice.name, Notice.id)
    ).all()


def newest_source(kind: NoticeKind, locale: str) -> NoticeSource | None:
    """The text that the officer published last, or None while the shipped one is in force."""
    return db.session.scalars(
        select(NoticeSource)
        .where(NoticeSource.kind == kind, NoticeSource.locale == locale)
        .order_by(NoticeSource.id.desc())
        .limit(1)
    ).first()


def weak_proof() -> Select[str, str]:
    """Who stands as having said yes, and to what, under an old filed text or under no text at all.

    Nothing shows that such a yes was informed (GDPR art. 4(11), recital 171): ask once more.
    """
    return (
        select(ConsentState.fingerprint, ConsentState.purpose)
        .join(ConsentEvent, ConsentEvent.id == ConsentState.event_id)
        .outerjoin(Notice, Notice.sha256 == ConsentEvent.notice_sha256)
        .where(
            ConsentState.kind.in_(YES),
            or_(ConsentEvent.notice_sha256.is_(None), Notice.filed_at.is_not(None)),
        )
    )


def weak_proofs() -> int:
    """How many such consents there are."""
    return db.session.scalar(select(func.count()).select_from(weak_proof().subquery())) or 0
