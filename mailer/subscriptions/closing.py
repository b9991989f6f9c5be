"""A list that appears no more: closed, reopened while that is possible, then its lines end."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from mailer import rulebook
from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.db import db
from mailer.errors import Conflict, Expired
from mailer.subscriptions import queries
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State

WORKER = "job:end-closed-lists"


def close(list_id: int, actor: str, at: datetime) -> None:
    """Nobody signs up and nothing is sent from now on; done twice, it changes nothing more."""
    row = queries.held_list(list_id)
    if row.closed_at:
        return
    row.closed_at = at
    record(actor, "close-list", f"list:{list_id}")
    db.session.flush()


def reopen(list_id: int, actor: str, at: datetime) -> None:
    """As it was, with everybody who was on it; raises Expired once their lines have ended."""
    row = queries.held_list(list_id)
    until = reopens_until(row)
    if until is None:
        return
    if at >= until:
        raise Expired("reopening")
    row.closed_at = None
    record(actor, "reopen-list", f"list:{list_id}")
    db.session.flush()


def refuse(list_id: int) -> None:
    """Raise Conflict for a closed list; an open one stays so until the end of the transaction."""
    if queries.held_list(list_id).closed_at:
        raise Conflict("closed list")


def reopens_until(row: MailingList) -> datetime | None:
    """When a closed list can no longer be reopened; None for one that appears."""
    return row.closed_at + timedelta(days=reopen_days()) if row.closed_at else None


def reopen_days() -> int:
    """For how many days a closed list can be reopened."""
    return rulebook.load().figures.closed_list_days.value


def among(slugs: Collection[str]) -> Sequence[MailingList]:
    """Those of these lists that are closed, in the order they were made."""
    return [row for row in queries.all_lists() if row.closed_at and row.slug in slugs]


def over(at: datetime) -> Sequence[int]:
    """The closed lists that can no longer be reopened and still have somebody on them."""
    found = select(MailingList.id).where(
        MailingList.closed_at <= at - timedelta(days=reopen_days()),
        MailingList.id.in_(select(Subscription.list_id).where(Subscription.state == State.ACTIVE)),
    )
    return db.session.scalars(found.order_by(MailingList.id)).all()


def end_some(list_id: int, size: int, at: datetime) -> int:
    """End at most so many active lines of the list, each with its proof; how many there were.

    Nobody took a yes back: it lapsed with what it was given for. What nobody has confirmed goes as
    it would have without (retention/schedule.py).
    """
    row = queries.held_list(list_id)
    lines = db.session.execute(
        select(Subscription.id, Subscriber.fingerprint)
        .join(Subscriber, Subscriber.id == Subscription.subscriber_id)
        .where(Subscription.list_id == list_id, Subscription.state == State.ACTIVE)
        .order_by(Subscription.id)
        .limit(size)
        .with_for_update()
    ).all()
    if not lines:
        return 0
    evidence = Evidence(Method.JOB, at, origin=f"list:{list_id}")
    entry = Entry("", row.purpose, Kind.LAPSED, evidence, WORKER)
    numbers = consent.record_alike(entry, [line.fingerprint for line in lines])
    _end(dict(zip((line.id for line in lines), numbers, strict=True)), list_id, at)
    record(WORKER, "end-lines", f"list:{list_id}")
    return len(lines)


def _end(events: Mapping[int, int], list_id: int, at: datetime) -> None:
    """The lines, each with the event that proves its end."""
    ended = {"state": State.ENDED, "ended_at": at, "ended_origin": f"list:{list_id}"}
    statement = update(Subscription).values(consent_id=bindparam("event"), **ended)
    db.session.connection().execute(
        statement.where(Subscription.id == bindparam("line")),
        [{"line": line, "event": event} for line, event in events.items()],
    )
