"""The people of the desk's pages, a page at a time."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from mailer.consent.queries import restricted
from mailer.db import db
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.web.pages import PAGE_ROWS, Page


def newest(before: int | None) -> Page[Subscriber]:
    """The newest people, or those before the key."""
    return _page(
        select(Subscriber) if before is None else select(Subscriber).where(Subscriber.id < before)
    )


def beginning(prefix: str) -> Page[Subscriber]:
    """The newest of those whose address begins so."""
    return _page(
        select(Subscriber).where(func.lower(Subscriber.address).startswith(prefix, autoescape=True))
    )


def counts() -> dict[State, int]:
    """How many subscriptions are in each state."""
    rows = db.session.execute(
        select(Subscription.state, func.count())
        .join(Subscriber)
        .where(~restricted(Subscriber.fingerprint))
        .group_by(Subscription.state)
    )
    return dict(rows.all())


def _page(people: Select[Subscriber]) -> Page[Subscriber]:
    rows = db.session.scalars(
        people.where(~restricted(Subscriber.fingerprint))
        .order_by(Subscriber.id.desc())
        .limit(PAGE_ROWS + 1)
        .options(selectinload(Subscriber.subscriptions).joinedload(Subscription.mailing_list))
    ).all()
    shown = rows[:PAGE_ROWS]
    return Page(shown, shown[-1].id if len(rows) > PAGE_ROWS else None)
