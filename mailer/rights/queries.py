"""Reading requests: one case, the officer's views, their counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_, union
from sqlalchemy.orm import selectinload

from mailer import rulebook
from mailer.db import db
from mailer.errors import NotFound
from mailer.rights.kinds import FREEZING
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.proceedings import Handover, IdentityQuestion
from mailer.rights.states import GIVING, OPEN, RUNNING
from mailer.web.pages import PAGE_ROWS, Page

SOON = timedelta(days=rulebook.load().figures.request_soon_days.value)


class View(StrEnum):
    """The officer's lists, as their addresses name them."""

    TODO = "a-traiter"
    SOON = "a-echeance"
    LATE = "en-retard"
    CLOSED = "closes"


@dataclass(frozen=True)
class Work:
    """What stands on the desk: how many in each view, and the most urgent date."""

    counts: dict[View, int]
    most_urgent: date | None

    @property
    def this_week(self) -> int:
        return self.counts[View.SOON] + self.counts[View.LATE]


def by_id(case_id: int) -> RightsRequest:
    """The case of that number; raises NotFound."""
    case = db.session.get(RightsRequest, case_id)
    if case is None:
        raise NotFound("request")
    return case


def by_reference(reference: str) -> RightsRequest:
    """The case of that reference; raises NotFound."""
    case = db.session.scalar(select(RightsRequest).where(RightsRequest.reference == reference))
    if case is None:
        raise NotFound("request")
    return case


def find_reference(reference: str) -> RightsRequest | None:
    """The case of that reference, or None."""
    return db.session.scalar(select(RightsRequest).where(RightsRequest.reference == reference))


def held(reference: str) -> RightsRequest:
    """The same, held for this transaction: of two who decide at once, the second finds it done."""
    db.session.execute(
        select(RightsRequest.id).where(RightsRequest.reference == reference).with_for_update()
    )
    return by_reference(reference)


def is_frozen(fingerprint: str) -> bool:
    """Whether a request of that person, undecided or granted, keeps their data from being used."""
    lasts = and_(RequestLine.outcome.in_(GIVING), RightsRequest.lifted_at.is_(None))
    keeps = or_(RightsRequest.state.in_(OPEN), lasts)
    found = exists().where(
        RequestLine.request_id == RightsRequest.id,
        RightsRequest.fingerprint == fingerprint,
        RequestLine.right.in_(FREEZING),
        keeps,
    )
    return bool(db.session.scalar(select(found)))


def work(today: date) -> Work:
    """The counts of all views, in one statement."""
    counted = [func.count().filter(belongs(view, today)) for view in View]
    most_urgent = func.min(RightsRequest.due).filter(belongs(View.TODO, today))
    *counts, urgent = db.session.execute(select(*counted, most_urgent)).one()
    return Work(dict(zip(View, counts, strict=True)), urgent)


def belongs(view: View, today: date) -> ColumnElement[bool]:
    """Whether a request stands in the view on that day."""
    is_open = RightsRequest.state.in_(OPEN)
    runs = RightsRequest.state.in_(RUNNING)
    due = RightsRequest.due
    return {
        View.TODO: is_open,
        # While somebody is asked who they are, no date runs (EDPB 01/2022 §157-163).
        View.SOON: and_(runs, due.between(today, today + SOON)),
        View.LATE: and_(runs, due < today),
        View.CLOSED: ~is_open,
    }[view]


def page(view: View, today: date, after: int | None = None) -> Page[RightsRequest]:
    """The most urgent first, the closed ones latest first; beginning after the row of that key."""
    is_closed = view == View.CLOSED
    column = RightsRequest.closed_at if is_closed else RightsRequest.due
    order = (column, RightsRequest.id)
    found = select(RightsRequest).where(belongs(view, today))
    if after is not None:
        last = by_id(after)
        mark = tuple_(last.closed_at if is_closed else last.due, last.id)
        found = found.where(tuple_(*order) < mark if is_closed else tuple_(*order) > mark)
    found = found.order_by(*(each.desc() if is_closed else each.asc() for each in order))
    rows = db.session.scalars(
        found.options(selectinload(RightsRequest.lines)).limit(PAGE_ROWS + 1)
    ).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def unanswered(until: date) -> list[int]:
    """The questions about who asks that wait since that day or longer, without a reminder."""
    waiting = select(IdentityQuestion.id).where(
        IdentityQuestion.answered_on.is_(None),
        IdentityQuestion.reminded_on.is_(None),
        IdentityQuestion.asked_on <= until,
    )
    return list(db.session.scalars(waiting.order_by(IdentityQuestion.id)))


def sealed_files() -> set[str]:
    """The names of the files that the vault is to keep."""
    kept = union(select(IdentityQuestion.file), select(Handover.file))
    return set(db.session.scalars(kept))


def last_closed() -> RightsRequest | None:
    """The request that was closed last, for the empty desk."""
    return db.session.scalar(
        select(RightsRequest)
        .where(RightsRequest.closed_at.is_not(None))
        .order_by(RightsRequest.closed_at.desc())
        .limit(1)
    )
