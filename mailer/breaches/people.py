"""The persons whom an incident touched: one statement counts them, one lists them, one keeps them.

Nobody is left out for having objected or left: to tell them is a duty (GDPR art. 34), no letter.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)

from mailer.breaches.kinds import Reach, Told
from mailer.breaches.models import Breach, TouchedPerson
from mailer.breaches.scope import Scope
from mailer.clock import PARIS
from mailer.consent.models import ConsentEvent
from mailer.db import db
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.models import RightsRequest
from mailer.subscriptions.imports.models import ImportRow
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.web.language import LANGUAGES

People = Select[str, str, str]

# A letter that left and was not answered for may have arrived.
ARRIVED = (DeliveryState.SENT, DeliveryState.UNCERTAIN)
PAGE_ROWS = 50
# An address of a page tells the beginning of a fingerprint, which alone finds nobody.
START_LENGTH = 12
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Touched:
    """One of them, as the list and the file have them."""

    address: str
    language: str


@dataclass(frozen=True)
class TouchedPage:
    """Some of them, and where the next page starts, or None on the last."""

    rows: Sequence[Touched]
    following: str | None


def selection(scope: Scope) -> People:
    """Fingerprint, address and language of each person in the scope, each once."""
    return {
        Reach.LISTS: _on_lists,
        Reach.PERIOD: _between,
        Reach.CAMPAIGN: _reached,
        Reach.IMPORT: _imported,
        Reach.ALL: _everyone,
    }[scope.reach](scope)


def _on_lists(scope: Scope) -> People:
    stands = and_(Subscription.list_id.in_(scope.lists), Subscription.state != State.ENDED)
    return _subscribers(exists().where(Subscription.subscriber_id == Subscriber.id, stands))


def _between(scope: Scope) -> People:
    """Whose data were held for a list on one of those days; who left since is among them."""
    held = [Subscription.subscriber_id == Subscriber.id]
    if scope.ends and scope.ends < date.max:
        held.append(Subscription.requested_at < _midnight(scope.ends + timedelta(days=1)))
    if scope.begins and scope.begins > date.min:
        stayed = Subscription.ended_at >= _midnight(scope.begins)
        held.append(or_(Subscription.ended_at.is_(None), stayed))
    if scope.lists:
        held.append(Subscription.list_id.in_(scope.lists))
    return _subscribers(exists().where(*held))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)


def _reached(scope: Scope) -> People:
    got = and_(Delivery.campaign_id == scope.campaign, Delivery.state.in_(ARRIVED))
    return _subscribers(exists().where(Delivery.subscriber_id == Subscriber.id, got))


def _imported(scope: Scope) -> People:
    came = ConsentEvent.origin == f"import:{scope.source}"
    taken = exists().where(ConsentEvent.fingerprint == Subscriber.fingerprint, came)
    waiting = select(ImportRow.fingerprint, ImportRow.address, ImportRow.language)
    return _once(_subscribers(taken), waiting.where(ImportRow.import_id == literal(scope.source)))


def _everyone(_scope: Scope) -> People:
    """Whoever's address we hold: readers, people who wrote or asked, files not yet taken in."""
    asked = select(RightsRequest.fingerprint, RightsRequest.address, RightsRequest.language)
    wrote = select(IncomingMail.fingerprint, IncomingMail.sender, literal(LANGUAGES[0]))
    waiting = select(ImportRow.fingerprint, ImportRow.address, ImportRow.language)
    return _once(
        _subscribers(),
        asked.where(RightsRequest.address != ""),
        wrote.where(IncomingMail.sender != ""),
        waiting,
    )


def _subscribers(*which: ColumnElement[bool]) -> People:
    return select(Subscriber.fingerprint, Subscriber.address, Subscriber.language).where(*which)


def _once(*parts: People) -> People:
    everyone = union_all(*parts).subquery()
    column = everyone.c
    one = (column.fingerprint, func.min(column.address), func.min(column.language))
    return select(*one).group_by(column.fingerprint)


def count(scope: Scope) -> int:
    """How many they are."""
    rows = select(func.count()).select_from(selection(scope).subquery())
    return db.session.scalar(rows) or 0


def languages(scope: Scope) -> set[str]:
    """In which languages they are written to."""
    people = _named(scope)
    return set(db.session.scalars(select(people.c.language).distinct()))


def page(scope: Scope, start: str = "") -> TouchedPage:
    """Some of them, from where a page before it said."""
    people = _named(scope)
    found = select(people).where(people.c.fingerprint >= start).order_by(people.c.fingerprint)
    rows = db.session.execute(found.limit(PAGE_ROWS + 1)).all()
    shown = [Touched(row.address, row.language) for row in rows[:PAGE_ROWS]]
    # Two who begin alike may be shown twice; nobody is passed over.
    following = rows[PAGE_ROWS].fingerprint[:START_LENGTH] if len(rows) > PAGE_ROWS else None
    return TouchedPage(shown, following)


def every(scope: Scope) -> Iterator[Touched]:
    """All of them, a thousand at a time: no transaction stays open while a file is taken."""
    people = _named(scope)
    last = ""
    while True:
        after = select(people).where(people.c.fingerprint > last).order_by(people.c.fingerprint)
        rows = db.session.execute(after.limit(ROWS_AT_ONCE)).all()
        db.session.rollback()
        if not rows:
            return
        yield from (Touched(row.address, row.language) for row in rows)
        last = rows[-1].fingerprint


def keep(breach: Breach, scope: Scope, at: datetime) -> int:
    """Note each of them as to be told, in one statement; who is noted already is not again."""
    people = _named(scope)
    known = exists().where(
        TouchedPerson.breach_id == breach.id, TouchedPerson.fingerprint == people.c.fingerprint
    )
    columns = ("breach_id", "fingerprint", "address", "language", "state", "message_id", "at")
    rows = select(
        literal(breach.id),
        people.c.fingerprint,
        people.c.address,
        people.c.language,
        literal(Told.WAITING, TouchedPerson.__table__.c.state.type),
        literal("", String),
        literal(at, TouchedPerson.__table__.c.at.type),
        literal("", String),
    ).where(~known)
    statement = insert(TouchedPerson).from_select([*columns, "status"], rows)
    counted = {"preserve_rowcount": True}
    return db.session.connection().execute(statement, execution_options=counted).rowcount


def _named(scope: Scope) -> Subquery:
    """The same with names, and one of the languages that we write."""
    found = selection(scope).subquery()
    fingerprint, address, language = found.c
    spoken = case((language == "en", "en"), else_="fr")
    return select(
        fingerprint.label("fingerprint"), address.label("address"), spoken.label("language")
    ).subquery()
