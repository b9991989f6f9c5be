"""Reading proofs, notices and the do-not-write list."""

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, select

from mailer.consent.evidence import Kind
from mailer.consent.models import (
    ConsentEvent,
    ConsentState,
    Notice,
    NoticeKind,
    Reason,
    Suppression,
)
from mailer.db import db


def sendable(fingerprint: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """THE predicate: whether the address of that fingerprint may be written to."""
    return ~exists().where(Suppression.fingerprint == fingerprint)


def is_sendable(fingerprint: str) -> bool:
    """Whether that one address may be written to."""
    return not db.session.scalar(select(exists().where(Suppression.fingerprint == fingerprint)))


def suppression_of(fingerprint: str) -> Reason | None:
    """Why that address is not written to, or None when nothing stands against it."""
    return db.session.scalar(
        select(Suppression.reason).where(Suppression.fingerprint == fingerprint)
    )


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
        .where(Notice.kind == kind, Notice.locale == locale)
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
            ConsentEvent.kind.in_((Kind.SIGNUP_REQUESTED, Kind.CONFIRMED, Kind.IMPORTED)),
        )
        .order_by(ConsentEvent.id.desc())
        .limit(1)
    ).one()


def kept_notice(sha256: str) -> Notice | None:
    """The stored version of that text, or None before anyone answered under it."""
    return db.session.scalars(select(Notice).where(Notice.sha256 == sha256)).first()
