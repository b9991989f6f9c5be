"""How many receive what, without reading all of them: up to a number that says enough."""

from sqlalchemy import ColumnElement, func, select

from mailer.consent.models import Reason, Suppression
from mailer.db import db
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.web.pages import MOST_COUNTED

Counts = dict[int, dict[State, int]]


def by_list() -> Counts:
    """How many subscriptions of each list are in each state; MOST_COUNTED + 1 is that or more."""
    rows = db.session.execute(select(MailingList.id, *(_some(state) for state in State)))
    apart = _set_aside()
    return {
        list_id: {
            state: left
            for state, number in zip(State, numbers, strict=True)
            if (left := _without(number, apart.get((list_id, state), 0)))
        }
        for list_id, *numbers in rows
    }


def by_state(counts: Counts) -> dict[State, int]:
    """The same for all lists together."""
    found = {state: sum(each.get(state, 0) for each in counts.values()) for state in State}
    return {state: number for state, number in found.items() if number}


def _some(state: State) -> ColumnElement[int]:
    theirs = (
        select(Subscription.id)
        .where(Subscription.list_id == MailingList.id, Subscription.state == state)
        .limit(MOST_COUNTED + 1)
        .correlate(MailingList)
        .subquery()
    )
    return select(func.count()).select_from(theirs).scalar_subquery()


def _set_aside() -> dict[tuple[int, State], int]:
    """Whose data are set aside stands in no count (GDPR art. 18(2))."""
    rows = db.session.execute(
        select(Subscription.list_id, Subscription.state, func.count())
        .join(Subscriber, Subscriber.id == Subscription.subscriber_id)
        .join(Suppression, Suppression.fingerprint == Subscriber.fingerprint)
        .where(Suppression.reason == Reason.RESTRICTION)
        .group_by(Subscription.list_id, Subscription.state)
    )
    return {(list_id, state): number for list_id, state, number in rows}


def _without(number: int, apart: int) -> int:
    return number if number > MOST_COUNTED else number - apart
