"""The people of the desk's pages, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import product

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true, union_all
from sqlalchemy.orm import selectinload

from mailer.clock import PARIS
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.consent.queries import restricted
from mailer.db import db
from mailer.subscriptions import address_index
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.web.bounds import LARGEST_KEY
from mailer.web.pages import PAGE_ROWS, Page, page_of

# Where no index answers a question, so many people are asked it for one page.
LOOKED_AT = 20_000


class Source(StrEnum):
    """How an address came."""

    FORM = "formulaire"
    FILE = "fichier"


@dataclass(frozen=True)
class Filter:
    """Whom to show: who stands so on that list, or on any; since when; who came that way."""

    list_id: int | None = None
    state: State | None = None
    since: date | None = None
    source: Source | None = None


ALL = Filter()


def newest(before: int | None, which: Filter = ALL) -> Page[Subscriber]:
    """The newest people of those, or those before the key."""
    first = _since(which.since)
    earlier = true() if before is None else Subscriber.id < before
    among = earlier & (Subscriber.id >= first) & _member(which, first, before)
    if which.source is None:
        return _newest(among)
    return _looking(among, which.source)


def beginning(prefix: str, after: int | None = None) -> Page[Subscriber]:
    """Those whose address begins so, in the order of addresses; the next after that person."""
    folded = address_index.folded()
    found = _shown().where(address_index.begins(prefix))
    if after is not None:
        last = select(folded).where(Subscriber.id == after).scalar_subquery()
        # Two people never have one address, but may have it in other capitals.
        same = and_(folded == last, Subscriber.id > after)
        found = found.where(folded >= last, or_(folded > last, same))
    return _page(found.order_by(folded, Subscriber.id))


def containing(part: str, before: int | None = None) -> Page[Subscriber]:
    """The newest of those whose address has the part, or those before the key."""
    numbers = address_index.containing(part, before, PAGE_ROWS + 1)
    return _newest(Subscriber.id.in_(numbers))


def _since(day: date | None) -> int:
    """The number from which on people came that day or later: numbers are given as people come."""
    if day is None:
        return 0
    found = db.session.scalar(first_of(day))
    return LARGEST_KEY if found is None else found


def first_of(day: date) -> Select[int]:
    """The number of the first who came that day or later: one entry of an index."""
    came = Subscriber.created_at >= datetime.combine(day, time(), PARIS)
    first = select(Subscriber.id).where(came).order_by(Subscriber.created_at, Subscriber.id)
    return first.limit(1)


def _member(which: Filter, first: int, before: int | None) -> ColumnElement[bool]:
    """Who stands so on a list: the newest of each list and state, each read from its own index."""
    if which.list_id is None and which.state is None:
        return true()
    lists = _list_ids() if which.list_id is None else [which.list_id]
    states = list(State) if which.state is None else [which.state]
    most = LOOKED_AT if which.source else PAGE_ROWS + 1
    heads = [_head(*each, first, before, most) for each in product(lists, states)]
    if not heads:
        return Subscriber.id.in_([])
    return Subscriber.id.in_(union_all(*(head.subquery().select() for head in heads)))


def _list_ids() -> Sequence[int]:
    return db.session.scalars(select(MailingList.id)).all()


def _head(list_id: int, state: State, first: int, before: int | None, most: int) -> Select[int]:
    person = Subscription.subscriber_id
    theirs = select(person).where(Subscription.list_id == list_id, Subscription.state == state)
    theirs = theirs.where(person >= first, person.not_in(_set_aside()))
    if before is not None:
        theirs = theirs.where(person < before)
    return theirs.order_by(person.desc()).limit(most)


def _set_aside() -> Select[int]:
    """The few whose data are set aside: they are shown to nobody (GDPR art. 18(2))."""
    of = Suppression.fingerprint == Subscriber.fingerprint
    found = select(Subscriber.id).join(Suppression, of)
    return found.where(Suppression.reason == Reason.RESTRICTION)


def _looking(among: ColumnElement[bool], source: Source) -> Page[Subscriber]:
    """Those that came so, of the next people; the next page begins where the looking ended."""
    asked = select(Subscriber.id).where(among).order_by(Subscriber.id.desc()).limit(LOOKED_AT)
    window = asked.subquery()
    came = _came(source)
    page = _newest(Subscriber.id.in_(select(window.c.id)) & came)
    if page.next_key is not None:
        return page
    number, last = db.session.execute(select(func.count(), func.min(window.c.id))).one()
    return Page(page.rows, last if number == LOOKED_AT else None)


def _came(source: Source) -> ColumnElement[bool]:
    in_a_file = exists().where(
        ConsentEvent.fingerprint == Subscriber.fingerprint, ConsentEvent.kind == Kind.IMPORTED
    )
    return in_a_file if source is Source.FILE else ~in_a_file


def _newest(among: ColumnElement[bool]) -> Page[Subscriber]:
    return _page(_shown().where(among).order_by(Subscriber.id.desc()))


def _shown() -> Select[Subscriber]:
    lines = selectinload(Subscriber.subscriptions).joinedload(Subscription.mailing_list)
    return select(Subscriber).where(~restricted(Subscriber.fingerprint)).options(lines)


def _page(people: Select[Subscriber]) -> Page[Subscriber]:
    rows = db.session.scalars(people.limit(PAGE_ROWS + 1)).all()
    return page_of(rows, [row.id for row in rows])
