"""How rows come to their end: in one statement, or with what the ledger must say of it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, Table, delete, exists, select, update

from mailer.accounts.openid import identities
from mailer.audit import trimming as audit
from mailer.consent import operations as consent
from mailer.consent import trimming
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import ConsentState
from mailer.db import Base, db
from mailer.retention.overdue import is_over
from mailer.retention.schedule import Rule, Then
from mailer.rights import erasure, purging
from mailer.rights.models import RightsRequest
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.queries import hold

# People of one transaction: few enough that a sign-up never waits long for the writer's turn.
BATCH = 50
NEVER_IN = (Kind.SIGNUP_REQUESTED, Kind.CONFIRMATION_EXPIRED)


def end(rule: Rule, limit: datetime, at: datetime) -> int:
    """Carry the rule out on what was over at that limit; how many rows came to their end."""
    table = Base.metadata.tables[rule.table]
    return ENDINGS[rule.then](rule, table, is_over(rule, table, limit), at)


def _delete(_rule: Rule, table: Table, over: ColumnElement[bool], _at: datetime) -> int:
    return db.session.connection().execute(delete(table).where(over)).rowcount


def _detach(rule: Rule, table: Table, over: ColumnElement[bool], _at: datetime) -> int:
    emptied = update(table).where(over).values({rule.detached: None})
    return db.session.connection().execute(emptied).rowcount


def _trim(rule: Rule, _table: Table, over: ColumnElement[bool], at: datetime) -> int:
    return TRIMS[rule.table](over, at)


def _expire(_rule: Rule, table: Table, over: ColumnElement[bool], at: datetime) -> int:
    lines = db.session.scalars(
        select(Subscription)
        .where(Subscription.id.in_(select(table.c.id).where(over)))
        .order_by(Subscription.id)
        .limit(BATCH)
    ).all()
    consent.record_many([_expired(line, at) for line in lines])
    for line in lines:
        db.session.delete(line)
    return len(lines)


def _expired(line: Subscription, at: datetime) -> Entry:
    evidence = Evidence(Method.JOB, at, line.subscriber.language, origin=f"subscription:{line.id}")
    purpose = line.mailing_list.purpose
    return Entry(
        line.subscriber.fingerprint, purpose, Kind.CONFIRMATION_EXPIRED, evidence, "job:purge"
    )


def _erase(_rule: Rule, table: Table, over: ColumnElement[bool], at: datetime) -> int:
    found = db.session.scalars(select(table.c.id).where(over).limit(BATCH)).all()
    # Who asks for a list meanwhile is looked at once more, and stays.
    hold(Subscriber.id.in_(found))
    theirs = select(table.c.fingerprint).where(over, table.c.id.in_(found))
    gone = db.session.scalars(theirs).all()
    for fingerprint in gone:
        erasure.erase(fingerprint, at, kind=_kind(fingerprint))
    return len(gone)


def _count(_rule: Rule, _table: Table, over: ColumnElement[bool], _at: datetime) -> int:
    cases = db.session.scalars(
        select(RightsRequest).where(over).order_by(RightsRequest.id).limit(BATCH)
    ).all()
    purging.purge(cases)
    return len(cases)


def _empty(_rule: Rule, table: Table, over: ColumnElement[bool], _at: datetime) -> int:
    EMPTIED_WITH[table.name](select(table.c.id).where(over))
    return erasure.empty(table, over)


def _kind(fingerprint: str) -> Kind:
    """An address that anyone may have typed, and nobody confirmed, may still come with proof."""
    was_in = exists().where(
        ConsentState.fingerprint == fingerprint, ConsentState.kind.not_in(NEVER_IN)
    )
    return Kind.ERASED if db.session.scalar(select(was_in)) else Kind.CONFIRMATION_EXPIRED


# The chains, and what each must be told.
TRIMS = {"consent_event": trimming.trim, "audit_entry": audit.trim}

# What goes with the rows that are emptied.
EMPTIED_WITH = {"account": identities.forget}

ENDINGS: dict[Then, Callable[[Rule, Table, ColumnElement[bool], datetime], int]] = {
    Then.DELETE: _delete,
    Then.DETACH: _detach,
    Then.EXPIRE: _expire,
    Then.ERASE: _erase,
    Then.TRIM: _trim,
    Then.COUNT: _count,
    Then.EMPTY: _empty,
}
