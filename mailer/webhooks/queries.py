"""Reading endpoints, their secrets, and what became of what they were told."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import Select, select

from mailer.accounts.factors import sealed
from mailer.db import db
from mailer.errors import NotFound
from mailer.web.pages import PAGE_ROWS, Page, page_of
from mailer.webhooks.models import Endpoint, Telling

BOUND_TO = "webhook"


def endpoints() -> Sequence[Endpoint]:
    """Every endpoint, the oldest first."""
    return db.session.scalars(select(Endpoint).order_by(Endpoint.id)).all()


def all_of_them() -> Select[Endpoint]:
    """Every endpoint, to be read in pages."""
    return select(Endpoint)


def all_tellings() -> Select[Telling]:
    """Every telling, to be read in pages."""
    return select(Telling)


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
    """One telling, held for this transaction; raises NotFound."""
    wanted = select(Telling).where(Telling.id == telling_id).with_for_update(of=Telling)
    found = db.session.scalar(wanted)
    if found is None:
        raise NotFound("delivery")
    return found


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
