"""What the worker does: notes whom to tell, then tells them; no transaction is open meanwhile.

note_whom_to_tell | claim | send | keep what was answered
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailer import outgoing, shutdown
from mailer.canonical import canonical
from mailer.chains import instant
from mailer.clock import now
from mailer.db import db, hint, transaction
from mailer.errors import NotFound
from mailer.events import JOB
from mailer.outgoing import RequestError
from mailer.webhooks import operations, queries, retrying, signing
from mailer.webhooks.models import State, Telling

# Longer than one request may take: a worker that is not done then is dead.
LEASE = timedelta(minutes=1)


@dataclass(frozen=True)
class Claimed:
    """One request to make: nobody else makes it until the lease ends."""

    id: int
    lease_end: datetime
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
    while not shutdown.requested() and (one := _claim()):
        told = _send(one)
        with transaction():
            _keep(one, told, now())


def _claim() -> Claimed | None:
    """The next telling that is due, leased; one at a time to each endpoint."""
    at = now()
    with transaction():
        row = db.session.scalar(queries.next_due(at))
        if row is None:
            return None
        row.next_at = row.endpoint.rests_until = at + LEASE
        return _request(row, at)


def _request(row: Telling, at: datetime) -> Claimed:
    event = row.event
    content = {"type": event.kind, "timestamp": instant(event.at), "data": event.data}
    body = canonical(content).encode()
    keys = queries.secrets_of(row.endpoint, at)
    signed = signing.headers(keys, event.uid, int(at.timestamp()), body)
    return Claimed(row.id, at + LEASE, row.endpoint.url, body, signed)


def _send(one: Claimed) -> Told:
    try:
        return Told(outgoing.send(one.url, one.body, outgoing.configured(), one.headers), None)
    except RequestError as failure:
        return Told(None, failure.reason.value)


def _keep(one: Claimed, told: Told, at: datetime) -> None:
    """Note what came back, and when to try again or that it is given up."""
    try:
        row = queries.telling(one.id)
    except NotFound:
        # Its endpoint was removed meanwhile.
        return
    operations.heard(row.endpoint, told.status, at)
    if row.next_at != one.lease_end:
        # Another worker has it since, or somebody had it sent again.
        return
    row.attempts += 1
    row.tried_at, row.status, row.failure = at, told.status, told.failure
    delay = retrying.next_delay(row.attempts)
    if retrying.is_taken(told.status):
        row.state, row.next_at = State.SENT, None
    elif delay is None or retrying.is_gone(told.status):
        row.state, row.next_at = State.DEAD, None
    else:
        row.next_at = at + delay
        hint(JOB, at=row.next_at)
    db.session.flush()
