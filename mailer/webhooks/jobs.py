"""What the worker does: notes whom to tell, then tells them; no transaction is open meanwhile.

note_whom_to_tell | claim | send | keep what was answered
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from mailer import outgoing
from mailer.canonical import canonical
from mailer.chains import instant
from mailer.clock import now
from mailer.db import db, hint, transaction
from mailer.errors import NotFound
from mailer.events import JOB
from mailer.outgoing import RequestError
from mailer.webhooks import operations, queries, retrying, signing
from mailer.webhooks.models import Endpoint, State, Telling

AT_ONCE = 20
# Longer than all of them may take, one after the other: a worker that is not done then is dead.
LEASE = timedelta(minutes=5)


@dataclass(frozen=True)
class Claimed:
    """One request to make: nobody else makes it until the lease ends."""

    id: int
    url: str
    body: bytes
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Told:
    """What came back: a status, or why nothing did."""

    status: int | None
    failure: str | None


def send_webhooks() -> None:
    """Tell everybody what happened since, and try again what is due."""
    with transaction():
        operations.note_whom_to_tell(now())
    while claimed := _claim():
        for one in claimed:
            told = _send(one)
            with transaction():
                _keep(one.id, told, now())


def _claim() -> list[Claimed]:
    """The next that are due, leased; what an endpoint that is off should hear waits."""
    at = now()
    with transaction():
        due = select(Telling).join(Telling.endpoint).options(contains_eager(Telling.endpoint))
        due = due.where(Telling.next_at <= at, Endpoint.disabled_at.is_(None))
        held = due.order_by(Telling.next_at).limit(AT_ONCE)
        held = held.with_for_update(skip_locked=True, of=Telling)
        rows = db.session.scalars(held).all()
        for row in rows:
            row.next_at = at + LEASE
        return [_request(row, at) for row in rows]


def _request(row: Telling, at: datetime) -> Claimed:
    event = row.event
    content = {"type": event.kind, "timestamp": instant(event.at), "data": event.data}
    body = canonical(content).encode()
    keys = queries.secrets_of(row.endpoint, at)
    signed = signing.headers(keys, event.uid, int(at.timestamp()), body)
    return Claimed(row.id, row.endpoint.url, body, signed)


def _send(one: Claimed) -> Told:
    try:
        return Told(outgoing.send(one.url, one.body, outgoing.configured(), one.headers), None)
    except RequestError as failure:
        return Told(None, failure.reason.value)


def _keep(telling_id: int, told: Told, at: datetime) -> None:
    """Note what came back, and when to try again or that it is given up."""
    try:
        row = queries.telling(telling_id)
    except NotFound:
        # Its endpoint was removed meanwhile.
        return
    row.attempts += 1
    row.tried_at, row.status, row.failure = at, told.status, told.failure
    delay = retrying.next_delay(row.attempts)
    if retrying.is_taken(told.status):
        row.state, row.next_at = State.SENT, None
    elif delay is None or retrying.is_gone(told.status):
        row.state, row.next_at = State.DEAD, None
        operations.give_up(row.endpoint, at)
    else:
        row.next_at = at + delay
        hint(JOB, at=row.next_at)
    db.session.flush()
