"""Whom a predicate means, as an expression about `Subscriber`; certain, or not at all.

What people did with letters is unknown of whoever did not agree to be measured: such a condition
is neither true nor false of them, and neither is its contrary. So a segment is asked whether it
is certain, denials are carried down to the conditions, and no predicate can find out who refused:
whoever is in it without an answer would be in it with any answer.
"""

from datetime import datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from mailer.accounts.queries import actor_of
from mailer.clock import paris_day
from mailer.consent.evidence import Kind, Method
from mailer.consent.models import ConsentEvent, ConsentState
from mailer.consent.tracking import Mode, What
from mailer.delivery.engagement import Hit, LastOpen
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import DeliveryState
from mailer.delivery.tracking import OPENED
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.pausing import midnight
from mailer.subscriptions.segments.predicate import (
    All,
    Condition,
    Dated,
    Deed,
    Did,
    Field,
    Is,
    Lately,
    Moment,
    Node,
    Not,
    Side,
    Some,
    Source,
    Unit,
)
from mailer.subscriptions.signing import EMBEDDED
from mailer.subscriptions.states import State

DAY = timedelta(days=1)
STATES = {
    Field.LIST: State.ACTIVE,
    Field.LEFT: State.ENDED,
    Field.PENDING: State.PENDING,
    Field.UNPROVEN: State.UNPROVEN,
}
CAME_IN = (Kind.SIGNUP_REQUESTED, Kind.IMPORTED)
SOURCES = {
    Method.WEB_FORM: Source.FORM,
    Method.PREFERENCE_PAGE: Source.PREFERENCES,
    Method.IMPORT: Source.IMPORT,
    Method.STAFF: Source.STAFF,
    Method.API: Source.API,
}
# What a letter must measure for "did not" to be known of it, by what is asked.
MEASURING = {
    Deed.OPENED: (Mode.INDIVIDUAL, Mode.LAST_OPEN_DATE),
    Deed.CLICKED: (Mode.INDIVIDUAL,),
}


def matches(node: Node, at: datetime) -> ColumnElement[bool]:
    """Whether the person of the statement is meant for certain, at that time."""
    match node:
        case All(parts):
            return and_(*(matches(part, at) for part in parts))
        case Some(parts):
            return or_(*(matches(part, at) for part in parts))
        case Not(part):
            return _excludes(part, at)
        case Did():
            return and_(_agreed(node.deed), _did(node, at))
        case _:
            return _is(node, at)


def _excludes(node: Node, at: datetime) -> ColumnElement[bool]:
    """Whether it is certain that the person is not meant."""
    match node:
        case All(parts):
            return or_(*(_excludes(part, at) for part in parts))
        case Some(parts):
            return and_(*(_excludes(part, at) for part in parts))
        case Not(part):
            return matches(part, at)
        case Did():
            return and_(_agreed(node.deed), _could(node, at), ~_did(node, at))
        case _:
            return ~_is(node, at)


def _is(node: Condition, at: datetime) -> ColumnElement[bool]:
    match node:
        case Is():
            return _chosen(node.field, node.value)
        case Dated(moment, Side.BEFORE, day):
            return _subscribed(moment, None, midnight(day))
        case Dated(moment, _, day):
            return _subscribed(moment, midnight(day + DAY), None)
        case Lately(moment, days):
            return _subscribed(moment, at - days * DAY, None)
        case _:
            raise TypeError(type(node).__name__)


def _chosen(field: Field, value: str) -> ColumnElement[bool]:  # noqa: PLR0911 - one for each field
    line, about = aliased(Subscription), aliased(MailingList)
    of_list = exists().where(line.subscriber_id == Subscriber.id, line.list_id == about.id)
    match field:
        case Field.LIST | Field.LEFT | Field.PENDING | Field.UNPROVEN:
            return of_list.where(line.state == STATES[field], about.slug == value)
        case Field.TOPIC:
            return of_list.where(line.state == State.ACTIVE, about.topic == value)
        case Field.TERRITORY:
            return of_list.where(line.state == State.ACTIVE, about.territory == value)
        case Field.FREQUENCY:
            is_active = line.state == State.ACTIVE
            theirs = exists().where(line.subscriber_id == Subscriber.id, is_active)
            return theirs.where(line.frequency == value)
        case Field.LANGUAGE:
            return Subscriber.language == value
        case Field.SOURCE:
            return func.coalesce(_source() == value, false())
        case Field.IMPORT:
            return _came_in(ConsentEvent.origin == f"import:{value}")
        case Field.IMPORTED_BY:
            actor = ConsentEvent.actor == actor_of(int(value))
            return _came_in(and_(ConsentEvent.method == Method.IMPORT, actor))


def _subscribed(
    moment: Moment, since: datetime | None, until: datetime | None
) -> ColumnElement[bool]:
    """Whether a list that they receive was asked for, or confirmed, between the two."""
    line = aliased(Subscription)
    when = line.requested_at if moment is Moment.REQUESTED else line.confirmed_at
    found = exists().where(line.subscriber_id == Subscriber.id, line.state == State.ACTIVE)
    if since:
        found = found.where(when >= since)
    return found.where(when < until) if until else found


def _came_in(how: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        ConsentEvent.fingerprint == Subscriber.fingerprint, ConsentEvent.kind.in_(CAME_IN), how
    )


def _source() -> ScalarSelect[str]:
    """By which door they came in first; empty when nothing says."""
    is_embedded = and_(ConsentEvent.method == Method.WEB_FORM, ConsentEvent.origin == EMBEDDED)
    door = case(
        (is_embedded, Source.EMBED.value),
        *((ConsentEvent.method == method, source.value) for method, source in SOURCES.items()),
        else_="",
    )
    return (
        select(door)
        .where(ConsentEvent.fingerprint == Subscriber.fingerprint, ConsentEvent.kind.in_(CAME_IN))
        .order_by(ConsentEvent.id)
        .limit(1)
        .correlate(Subscriber)
        .scalar_subquery()
    )


def _answers(deed: Deed) -> tuple[str, ...]:
    """The answers that let it be asked; which letters somebody got is theirs as well."""
    return {
        Deed.RECEIVED: (What.OPENS.value, What.CLICKS.value),
        Deed.OPENED: (What.OPENS.value,),
        Deed.CLICKED: (What.CLICKS.value,),
    }[deed]


def _agreed(deed: Deed) -> ColumnElement[bool]:
    return exists().where(
        ConsentState.fingerprint == Subscriber.fingerprint,
        ConsentState.purpose.in_(_answers(deed)),
        ConsentState.kind == Kind.TRACKING_GRANTED,
    )


def _did(node: Did, at: datetime) -> ColumnElement[bool]:
    since = at - node.count * DAY
    if node.deed is Deed.RECEIVED:
        return _received().where(Delivery.at >= since).exists()
    place = Hit.position == OPENED if node.deed is Deed.OPENED else Hit.position > OPENED
    hit = exists().where(Hit.subscriber_id == Subscriber.id, place)
    if node.unit is Unit.LETTERS:
        return hit.where(Hit.delivery_id.in_(_last(node.count)))
    known = hit.where(Hit.at >= since)
    if node.deed is Deed.CLICKED:
        return known
    day = LastOpen.day >= paris_day(since)
    return or_(known, exists().where(LastOpen.subscriber_id == Subscriber.id, day))


def _could(node: Did, at: datetime) -> ColumnElement[bool]:
    """Whether, since they agreed, they got a letter of that time that would tell."""
    if node.deed is Deed.RECEIVED:
        return literal(True)
    told = (
        _received()
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .join(ConsentState, ConsentState.fingerprint == Subscriber.fingerprint)
        .where(
            ConsentState.purpose.in_(_answers(node.deed)),
            ConsentState.since <= Delivery.at,
            Campaign.tracking.in_(MEASURING[node.deed]),
        )
    )
    if node.unit is Unit.LETTERS:
        return told.where(Delivery.id.in_(_last(node.count))).exists()
    return told.where(Delivery.at >= at - node.count * DAY).exists()


def _received() -> Select[int]:
    return (
        select(Delivery.id)
        .where(Delivery.subscriber_id == Subscriber.id, Delivery.state == DeliveryState.SENT)
        .correlate(Subscriber)
    )


def _last(count: int) -> Select[int]:
    """The last letters that they got, of whichever list."""
    other = aliased(Delivery)
    return (
        select(other.id)
        .where(other.subscriber_id == Subscriber.id, other.state == DeliveryState.SENT)
        .order_by(other.id.desc())
        .limit(count)
        .correlate(Subscriber)
    )
