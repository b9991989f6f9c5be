"""The outbox: put a mail in, claim what is due, record what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, exists, select, update

from mailer.db import db, hint
from mailer.mail import retry
from mailer.mail.message import Message
from mailer.mail.models import OutboxMessage, State
from mailer.mail.outcome import Kind, Outcome, Stage

JOB = "send-outbox"

# A worker that has not told of a mail by then is dead; the mail is sent once more, with its old id.
LEASE = timedelta(minutes=15)
LEASES = (State.LEASED, State.REPEATED)
# What may have arrived; a lease that is found again has ended without a word.
DOUBTFUL = (State.UNCERTAIN, *LEASES)


def put(message: Message, origin: str, patience: timedelta = retry.PATIENCE) -> OutboxMessage:
    """Send the mail once this transaction is committed, and keep trying that long.

    Raises Invalid for a mail that cannot be written: found later, it would hold up the others.
    """
    message.to_bytes()
    row = OutboxMessage(
        origin=origin,
        message_id=message.message_id,
        sender=message.sender,
        return_path=message.return_path,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers=list(message.headers),
        written_at=message.date,
        give_up_at=message.date + patience,
        state=State.QUEUED,
        next_at=message.date,
    )
    db.session.add(row)
    db.session.flush()
    hint(JOB)
    return row


@dataclass(frozen=True)
class Claimed:
    """A mail that nobody else sends until the lease ends."""

    id: int
    lease_end: datetime
    attempt: int
    give_up_at: datetime
    is_repeated: bool
    origin: str
    subscription_id: int | None
    message: Message


def claim(size: int, at: datetime) -> list[Claimed]:
    """The mails that are due, leased to the caller; also those of a worker that died, once."""
    due = (
        select(OutboxMessage.id)
        .where(OutboxMessage.next_at <= at)
        .order_by(OutboxMessage.next_at)
        .limit(size)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    taken = db.session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id == due.c.id)
        .values(
            state=case((OutboxMessage.state.in_(DOUBTFUL), State.REPEATED), else_=State.LEASED),
            next_at=at + LEASE,
        )
        .returning(OutboxMessage)
        .execution_options(populate_existing=True)
    )
    return [_claimed(row, at + LEASE) for row in taken]


def _claimed(row: OutboxMessage, lease_end: datetime) -> Claimed:
    message = Message(
        sender=row.sender,
        recipient=row.recipient or "",
        subject=row.subject or "",
        text=row.text or "",
        html=row.html or "",
        message_id=row.message_id,
        date=row.written_at,
        return_path=row.return_path,
        headers=tuple((name, value) for name, value in row.headers),
    )
    return Claimed(
        id=row.id,
        lease_end=lease_end,
        attempt=row.attempts + 1,
        give_up_at=row.give_up_at,
        is_repeated=row.state is State.REPEATED,
        origin=row.origin,
        subscription_id=row.subscription_id,
        message=message,
    )


def hold(claimed: Claimed, until: datetime) -> None:
    """Give a mail back that nobody can carry before then; nothing has left, so nothing counts."""
    waiting = State.UNCERTAIN if claimed.is_repeated else State.QUEUED
    held = (OutboxMessage.id == claimed.id, OutboxMessage.next_at == claimed.lease_end)
    db.session.execute(update(OutboxMessage).where(*held).values(state=waiting, next_at=until))


def is_waiting(since: datetime) -> bool:
    """Whether a mail has been due for that long."""
    return bool(db.session.scalar(select(exists().where(OutboxMessage.next_at <= since))))


def fail_lost(at: datetime) -> Sequence[int]:
    """Give up the mails whose second lease ended without a word, and those whose time is over.

    The first may have arrived twice; the others waited for a relay longer than anybody does.
    """
    is_lost = OutboxMessage.state == State.REPEATED
    is_late = (OutboxMessage.state == State.QUEUED) & (OutboxMessage.give_up_at < at)
    lost = (OutboxMessage.next_at <= at, is_lost | is_late)
    statement = update(OutboxMessage).where(*lost).values(_ended(State.FAILED, at))
    return db.session.scalars(statement.returning(OutboxMessage.id)).all()


def forget(which: ColumnElement[bool], at: datetime) -> int:
    """Send those mails no more, and forget what they said and to whom; says how many waited."""
    waiting = OutboxMessage.next_at.is_not(None)
    ended = update(OutboxMessage).where(which, waiting).values(_ended(State.FAILED, at))
    return db.session.connection().execute(ended).rowcount


def record(claimed: Claimed, outcome: Outcome, at: datetime) -> State | None:
    """Write what became of the mail, and tell it; None when somebody else has it since."""
    return db.session.scalar(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == claimed.id,
            OutboxMessage.state.in_(LEASES),
            OutboxMessage.next_at == claimed.lease_end,
        )
        .values(status=outcome.status, **_following(claimed, outcome, at))
        .returning(OutboxMessage.state)
    )


def _following(claimed: Claimed, outcome: Outcome, at: datetime) -> dict[str, Any]:
    if outcome.kind is Kind.ACCEPTED:
        return _ended(State.SENT, at) | {"attempts": claimed.attempt}
    is_doubtful = claimed.is_repeated or outcome.kind is Kind.UNCERTAIN
    waiting = State.UNCERTAIN if is_doubtful else State.QUEUED
    if outcome.relay_down and outcome.kind is not Kind.UNCERTAIN:
        # Another relay may carry it at once.
        return {"state": waiting, "next_at": at}
    again = retry.next_attempt(claimed.attempt, at)
    if _is_hopeless(claimed, outcome) or again is None or again > claimed.give_up_at:
        return _ended(State.FAILED, at) | {"attempts": claimed.attempt}
    return {"state": waiting, "next_at": again, "attempts": claimed.attempt}


def _is_hopeless(claimed: Claimed, outcome: Outcome) -> bool:
    """Whether it is refused, or in doubt for the second time: nobody wants the same mail thrice."""
    twice_in_doubt = claimed.is_repeated and outcome.kind is Kind.UNCERTAIN
    # Until the recipient is named, a refusal can only be about us, and we can be mended.
    is_about_them = outcome.stage not in {Stage.CONNECT, Stage.AUTH, Stage.MAIL}
    return (outcome.kind is Kind.REJECTED and is_about_them) or twice_in_doubt


def _ended(state: State, at: datetime) -> dict[str, Any]:
    """The end of a mail: what it said and to whom is forgotten."""
    personal = dict.fromkeys(("recipient", "subject", "text", "html", "subscription_id"))
    return personal | {"state": state, "next_at": None, "ended_at": at, "headers": []}
