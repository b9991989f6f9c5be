"""The officer's lists: by state and by date, everyone's or one officer's, with their counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, select, true, tuple_
from sqlalchemy.orm import joinedload, selectinload

from mailer import rulebook
from mailer.db import db
from mailer.rights.kinds import Right
from mailer.rights.models import RequestLine, RightsRequest
from mailer.rights.proceedings import IdentityQuestion
from mailer.rights.queries import by_id
from mailer.rights.states import CLOSED, RUNNING, State
from mailer.web.pages import PAGE_ROWS, Page

SOON = timedelta(days=rulebook.load().figures.request_soon_days.value)


def is_soon(due: date, today: date) -> bool:
    """Whether an answer of that day presses; one that is late does too."""
    return due <= today + SOON


class View(StrEnum):
    """The lists, as their addresses name them; what is archived stands in none."""

    TODO = "a-traiter"
    WAITING = "en-attente"
    SOON = "a-echeance"
    LATE = "en-retard"
    READY = "a-signer"
    CLOSED = "closes"


@dataclass(frozen=True)
class Filter:
    """Which requests of a list: those of a right, those that an officer has in hand, or all."""

    right: Right | None = None
    assignee: str = ""


ALL = Filter()


@dataclass(frozen=True)
class Work:
    """What stands on the desk: how many in each list; what presses, whoever has it in hand."""

    counts: dict[View, int]
    this_week: int
    most_urgent: date | None


def work(today: date, which: Filter = ALL) -> Work:
    """The counts of all lists, in one statement."""
    is_wanted = _matches(which)
    counted = [func.count().filter(belongs(view, today), is_wanted) for view in View]
    presses = belongs(View.SOON, today) | belongs(View.LATE, today)
    urgent = func.min(RightsRequest.due).filter(RightsRequest.state.in_(RUNNING))
    row = db.session.execute(select(*counted, func.count().filter(presses), urgent)).one()
    *counts, this_week, most_urgent = row
    return Work(dict(zip(View, counts, strict=True)), this_week, most_urgent)


def belongs(view: View, today: date) -> ColumnElement[bool]:
    """Whether a request stands in the list on that day."""
    state, due = RightsRequest.state, RightsRequest.due
    # While somebody is asked who they are, no date runs (EDPB 01/2022 §157-163).
    runs = state.in_(RUNNING)
    return {
        View.TODO: runs | has_document(),
        View.WAITING: state == State.IDENTITY_PENDING,
        View.SOON: runs & due.between(today, today + SOON),
        View.LATE: runs & (due < today),
        View.READY: state == State.READY,
        View.CLOSED: state.in_(CLOSED),
    }[view]


def has_document() -> ColumnElement[bool]:
    """Whether the paper that was asked for has come: the officer's turn, though no date runs."""
    sent = exists().where(
        IdentityQuestion.request_id == RightsRequest.id,
        IdentityQuestion.answered_on.is_(None),
        IdentityQuestion.file != "",
    )
    return (RightsRequest.state == State.IDENTITY_PENDING) & sent


def _matches(which: Filter) -> ColumnElement[bool]:
    found: ColumnElement[bool] = true()
    if which.right:
        found &= exists().where(
            RequestLine.request_id == RightsRequest.id, RequestLine.right == which.right
        )
    if which.assignee:
        found &= RightsRequest.assignee == which.assignee
    return found


def page(
    view: View, today: date, which: Filter = ALL, after: int | None = None
) -> Page[RightsRequest]:
    """The most urgent first, the closed ones latest first; beginning after the row of that key."""
    is_closed = view == View.CLOSED
    order = (RightsRequest.closed_at if is_closed else RightsRequest.due, RightsRequest.id)
    found = _whole().where(belongs(view, today), _matches(which))
    if after is not None:
        last = by_id(after)
        mark = tuple_(last.closed_at if is_closed else last.due, last.id)
        found = found.where(tuple_(*order) < mark if is_closed else tuple_(*order) > mark)
    found = found.order_by(*(each.desc() if is_closed else each.asc() for each in order))
    rows = db.session.scalars(found.limit(PAGE_ROWS + 1)).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def of_mailbox(fingerprint: str) -> Sequence[RightsRequest]:
    """The requests that came from that mailbox, the latest first; none that is archived."""
    theirs = RightsRequest.fingerprint == fingerprint
    found = _whole().where(theirs, RightsRequest.state != State.ARCHIVED)
    return db.session.scalars(found.order_by(RightsRequest.id.desc()).limit(PAGE_ROWS)).all()


def _whole() -> Select[RightsRequest]:
    """Requests with all that a row shows, in a fixed number of statements."""
    return select(RightsRequest).options(
        selectinload(RightsRequest.lines),
        selectinload(RightsRequest.questions),
        joinedload(RightsRequest.extension),
    )
