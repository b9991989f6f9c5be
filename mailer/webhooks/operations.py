"""Endpoints are added, tried, changed, given another secret, switched off and removed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import insert, select

from mailer.accounts import queries as accounts
from mailer.accounts.factors import sealed
from mailer.accounts.roles import Role
from mailer.audit.operations import record
from mailer.db import db, hint
from mailer.errors import Conflict
from mailer.events import JOB, Event, Kind, happened
from mailer.mail import outbox
from mailer.webhooks import emails, queries, retrying, signing
from mailer.webhooks.models import Endpoint, State, Telling

# Time enough to give the new secret to the receiver.
OVERLAP = timedelta(hours=24)
WORKER = "job:webhooks"


@dataclass(frozen=True)
class EndpointData:
    """Where to tell, and of what; of everything without a kind."""

    url: str
    kinds: Collection[str]


def add(data: EndpointData, secret: str, actor: str, at: datetime) -> Endpoint:
    """A new endpoint that is told of what happens from now on."""
    made = Endpoint(
        url=data.url,
        kinds=" ".join(sorted(set(data.kinds))),
        sealed_secret=_sealed(secret),
        created_at=at,
    )
    db.session.add(made)
    db.session.flush()
    record(actor, "create", f"webhook:{made.id}")
    return made


def change(row: Endpoint, data: EndpointData, actor: str) -> None:
    """Tell it elsewhere, where nothing has failed yet, or of other things."""
    if data.url != row.url:
        row.failing_since = row.rests_until = None
    row.url, row.kinds = data.url, " ".join(sorted(set(data.kinds)))
    record(actor, "change", f"webhook:{row.id}")
    db.session.flush()


def rotate(endpoint_id: int, actor: str, at: datetime) -> str:
    """A new secret, shown once; for a day, the one before it signs too."""
    row, secret = queries.held(endpoint_id), signing.new_secret()
    row.sealed_previous, row.previous_until = row.sealed_secret, at + OVERLAP
    row.sealed_secret = _sealed(secret)
    record(actor, "rotate-secret", f"webhook:{row.id}")
    return secret


def enable(endpoint_id: int, actor: str) -> None:
    """Go on telling it, from what waits."""
    row = queries.held(endpoint_id)
    if row.disabled_at is not None:
        row.disabled_at = row.failing_since = row.rests_until = None
        record(actor, "open", f"webhook:{row.id}")
        hint(JOB)


def disable(row: Endpoint, actor: str, at: datetime) -> None:
    """Tell it nothing until somebody says so; what happens meanwhile waits for it."""
    if row.disabled_at is None:
        row.disabled_at = at
        record(actor, "stop", f"webhook:{row.id}")


def heard(row: Endpoint, status: int | None, at: datetime) -> None:
    """Note whether it took what it was sent: who fails rests, and after days is switched off."""
    if retrying.is_taken(status):
        row.failing_since = row.rests_until = None
        return
    row.failing_since = row.failing_since or at
    row.rests_until = at + retrying.rest(row.failing_since, at)
    if retrying.is_gone(status) or retrying.is_hopeless(row.failing_since, at):
        _give_up(row, at)


def _give_up(row: Endpoint, at: datetime) -> None:
    """Switch it off, and tell those who administer."""
    if row.disabled_at is None:
        disable(row, WORKER, at)
        for person in accounts.holders(Role.ADMIN):
            outbox.put(emails.disabled(row, person), f"webhook:{row.id}")


def remove(row: Endpoint, actor: str) -> None:
    """Forget it, and what it was told."""
    record(actor, "remove", f"webhook:{row.id}")
    db.session.delete(row)
    db.session.flush()


def test(endpoint_id: int, actor: str, at: datetime) -> Telling:
    """Tell that endpoint alone that it is tried."""
    row = queries.held(endpoint_id)
    if row.disabled_at is not None:
        raise Conflict("disabled")
    event = happened(Kind.TEST, webhook_id=row.id)
    event.told_at, row.rests_until = at, None
    record(actor, "try", f"webhook:{row.id}")
    made = Telling(endpoint_id=row.id, event=event, state=State.QUEUED, next_at=at)
    db.session.add(made)
    db.session.flush()
    return made


def resend(telling_id: int, actor: str, at: datetime) -> Telling:
    """Send it once more, under the same id, from the first attempt on; Conflict when it is off."""
    row = queries.telling(telling_id)
    if row.endpoint.disabled_at is not None:
        raise Conflict("disabled")
    row.state, row.attempts, row.next_at = State.QUEUED, 0, at
    # Who presses waits for no rest.
    row.endpoint.rests_until = None
    record(actor, "resend", f"webhook:{row.endpoint_id}")
    db.session.flush()
    hint(JOB)
    return row


def note_whom_to_tell(at: datetime) -> None:
    """Make a telling of each new event for each endpoint that listens to it."""
    untold = select(Event).where(Event.told_at.is_(None)).order_by(Event.id)
    events = db.session.scalars(untold.with_for_update(skip_locked=True)).all()
    listeners = queries.endpoints()
    for event in events:
        event.told_at = at
    told = [
        {"endpoint_id": row.id, "event_id": event.id, "state": State.QUEUED, "next_at": at}
        for event in events
        for row in listeners
        if _hears(row, event)
    ]
    if told:
        db.session.execute(insert(Telling), told)


def _hears(row: Endpoint, event: Event) -> bool:
    """Whether the endpoint listens to such things, and did when it happened."""
    return (not row.kinds or event.kind in row.listens_to) and row.created_at <= event.at


def _sealed(secret: str) -> bytes:
    keys = current_app.config["SECRET_KEYS"]
    return sealed.seal(secret.encode(), keys, queries.BOUND_TO)
