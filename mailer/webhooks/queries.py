"""Reading endpoints, their secrets, and what became of what they were told."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from flask import current_app
from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from mailer.accounts.factors import sealed
from mailer.db import db
from mailer.errors import NotFound
from mailer.web.pages import PAGE_ROWS, Page, page_of
from mailer.webhooks.models import OPEN, Endpoint, State, Telling

BOUND_TO = "webhook"


class Standing(StrEnum):
    """`failing` takes nothing and rests between two attempts; the last two are sent nothing.

    `stopped` was so by a person while it took what came; `given_up` had taken nothing any more.
    """

    RUNNING = "running"
    FAILING = "failing"
    STOPPED = "stopped"
    GIVEN_UP = "given_up"


def endpoints() -> Sequence[Endpoint]:
    """Every endpoint, the oldest first."""
    return db.session.scalars(select(Endpoint).order_by(Endpoint.id)).all()


def all_of_them() -> Select[Endpoint]:
    """Every endpoint, to be read in pages."""
    return select(Endpoint)


def all_tellings() -> Select[Telling]:
    """Every telling, to be read in pages."""
    return select(Telling)


def open_tellings() -> Select[State, int]:
    """How many wait to be told, and how many were given up."""
    # In the words of the index: SQLite does not see that a parameter says the same.
    return select(Telling.state, func.count()).where(OPEN).group_by(Telling.state)


def standings() -> Select[Standing, int]:
    """How many endpoints stand in each way."""
    is_off, is_failing = Endpoint.disabled_at.is_not(None), Endpoint.failing_since.is_not(None)
    stands = case(
        (is_off & is_failing, Standing.GIVEN_UP),
        (is_off, Standing.STOPPED),
        (is_failing, Standing.FAILING),
        else_=Standing.RUNNING,
    ).label("stands")
    return select(stands, func.count()).group_by(stands)


def endpoint(endpoint_id: int) -> Endpoint:
    """The endpoint of that number; raises NotFound."""
    found = db.session.get(Endpoint, endpoint_id)
    if found is None:
        raise NotFound("webhook")
    return found


def held(endpoint_id: int) -> Endpoint:
    """The same, which nobody else changes until the transaction ends."""
    found = db.session.get(Endpoint, endpoint_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("webhook")
    return found


def telling(telling_id: int) -> Telling:
    """One telling, held with its endpoint for this transaction; raises NotFound."""
    found = db.session.scalar(_with_endpoint().where(Telling.id == telling_id))
    if found is None:
        raise NotFound("delivery")
    return found


def next_due(at: datetime) -> Select[Telling]:
    """What is to be told next, for who takes it: to an endpoint that is on and does not rest."""
    each = aliased(Telling)
    first = select(each.id).where(each.endpoint_id == Endpoint.id, each.next_at <= at)
    first = first.order_by(each.next_at, each.id).limit(1)
    is_awake = or_(Endpoint.rests_until.is_(None), Endpoint.rests_until <= at)
    due = _with_endpoint(skip_locked=True).where(Endpoint.disabled_at.is_(None), is_awake)
    return due.where(Telling.id == first.scalar_subquery()).order_by(Telling.next_at).limit(1)


def _with_endpoint(*, skip_locked: bool = False) -> Select[Telling]:
    """Tellings, held with their endpoints: always in this order, so that nobody waits in a ring."""
    both = select(Telling).join(Telling.endpoint).options(contains_eager(Telling.endpoint))
    return both.with_for_update(of=[Telling, Endpoint], skip_locked=skip_locked)


def of_endpoint(endpoint_id: int) -> Select[Telling]:
    """What that endpoint was told, or is to be."""
    return select(Telling).where(Telling.endpoint_id == endpoint_id)


def latest(endpoint_id: int, before: int | None) -> Page[Telling]:
    """The newest of it; `before` is the key of the page above."""
    wanted = of_endpoint(endpoint_id).order_by(Telling.id.desc())
    if before is not None:
        wanted = wanted.where(Telling.id < before)
    rows = db.session.scalars(wanted.limit(PAGE_ROWS + 1)).all()
    return page_of(rows, [row.id for row in rows])


def secrets_of(row: Endpoint, at: datetime) -> list[str]:
    """The secrets that sign now, the newest first."""
    told = [row.sealed_secret]
    if row.sealed_previous and row.previous_until and at < row.previous_until:
        told.append(row.sealed_previous)
    keys = current_app.config["SECRET_KEYS"]
    return [sealed.unseal(each, keys, BOUND_TO).decode() for each in told]
