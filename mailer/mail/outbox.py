"""The outbox: put a mail in, claim what is due, record what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from mailer.db import db, hint
from mailer.mail import retry
from mailer.mail.message import Message
from mailer.mail.models import OutboxMessage, State
from mailer.mail.outcome import Kind, Outcome

JOB = "send-outbox"

# A worker that has not told of a mail by then is dead; the mail is sent again, with its old id.
LEASE = timedelta(minutes=15)
# How long a relay that does not answer is left alone.
RELAY_PAUSE = timedelta(seconds=30)


def put(message: Message, origin: str, patience: timedelta = retry.PATIENCE) -> OutboxMessage:
    """Send the mail once this transaction is committed, and keep trying that long."""
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
    message: Message


def claim(size: int, at: datetime) -> list[Claimed]:
    """The mails that are due, leased to the caller; also those of a worker that died."""
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
        .values(state=State.LEASED, next_at=at + LEASE)
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
    return Claimed(row.id, lease_end, row.attempts + 1, row.give_up_at, message)


def record(claimed: Claimed, outcome: Outcome, at: datetime) -> None:
    """Write what became of the mail, unless somebody else has it since."""
    db.session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == claimed.id,
            OutboxMessage.state == State.LEASED,
            OutboxMessage.next_at == claimed.lease_end,
        )
        .values(status=outcome.status, **_following(claimed, outcome, at))
    )


def _following(claimed: Claimed, outcome: Outcome, at: datetime) -> dict[str, object]:
    if outcome.kind is Kind.ACCEPTED:
        return _ended(State.SENT, claimed, at)
    if outcome.relay_down:
        return {"state": State.QUEUED, "next_at": at + RELAY_PAUSE}
    again = retry.next_attempt(claimed.attempt, at)
    if outcome.kind is Kind.REJECTED or again is None or again > claimed.give_up_at:
        return _ended(State.FAILED, claimed, at)
    return {"state": State.QUEUED, "next_at": again, "attempts": claimed.attempt}


def _ended(state: State, claimed: Claimed, at: datetime) -> dict[str, object]:
    """The end of a mail: what it said and to whom is forgotten."""
    personal = dict.fromkeys(("recipient", "subject", "text", "html"))
    return personal | {
        "state": state,
        "attempts": claimed.attempt,
        "next_at": None,
        "ended_at": at,
        "headers": [],
    }
