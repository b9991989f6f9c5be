"""Reading incoming mails: one of them, the officer's lists, the case that one answers."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_

from mailer.db import db
from mailer.errors import NotFound
from mailer.rights.incoming.mail import Mail
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.incoming.states import State
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.states import OPEN
from mailer.web.pages import PAGE_ROWS, Page


class View(StrEnum):
    """The officer's lists of mails, as their addresses name them."""

    TODO = "a-examiner"
    ASIDE = "sans-suite"


def reference_of(mail_id: int) -> str | None:
    """The reference of the case that the mail belongs to, if it belongs to one."""
    return db.session.scalar(
        select(RightsRequest.reference)
        .join(IncomingMail, IncomingMail.request_id == RightsRequest.id)
        .where(IncomingMail.id == mail_id)
    )


def by_id(mail_id: int) -> IncomingMail:
    """The mail of that number; raises NotFound."""
    found = db.session.get(IncomingMail, mail_id)
    if found is None:
        raise NotFound("mail")
    return found


def held(mail_id: int) -> IncomingMail:
    """The same, held for this transaction: of two who decide at once, the second finds it done."""
    found = db.session.get(IncomingMail, mail_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("mail")
    return found


def is_known(digest: str) -> bool:
    """Whether that mail was taken in already."""
    return bool(db.session.scalar(select(exists().where(IncomingMail.digest == digest))))


def answered(found: Mail) -> RightsRequest | None:
    """The case whose letter the mail answers, or that its subject names: the newest of several."""
    letters = select(Letter.request_id).where(Letter.message_id.in_(found.answers))
    named = or_(
        RightsRequest.id.in_(letters) if found.answers else False,
        RightsRequest.reference.in_(found.references),
    )
    return db.session.scalar(select(RightsRequest).where(named).order_by(RightsRequest.id.desc()))


def belongs(view: View) -> ColumnElement[bool]:
    """Whether a mail stands in the list; an answer stands there until somebody has opened it."""
    unread = and_(IncomingMail.state == State.ATTACHED, IncomingMail.seen_at.is_(None))
    return {
        View.TODO: or_(IncomingMail.state == State.WAITING, unread),
        View.ASIDE: IncomingMail.state == State.SET_ASIDE,
    }[view]


def counts() -> dict[View, int]:
    """How many mails stand in each list."""
    counted = [func.count().filter(belongs(view)) for view in View]
    return dict(zip(View, db.session.execute(select(*counted)).one(), strict=True))


def page(view: View, after: int | None = None) -> Page[IncomingMail]:
    """Those that came first, first; of what was set aside, the last. Begins after that row."""
    order = (IncomingMail.received_at, IncomingMail.id)
    found = select(IncomingMail).where(belongs(view))
    is_newest_first = view == View.ASIDE
    if after is not None:
        last = by_id(after)
        mark = tuple_(last.received_at, last.id)
        found = found.where(tuple_(*order) < mark if is_newest_first else tuple_(*order) > mark)
    found = found.order_by(*(each.desc() if is_newest_first else each for each in order))
    rows = db.session.scalars(found.limit(PAGE_ROWS + 1)).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def of_case(case_id: int) -> Sequence[IncomingMail]:
    """The mails of a case's file, the first first."""
    theirs = select(IncomingMail).where(IncomingMail.request_id == case_id)
    return db.session.scalars(theirs.order_by(IncomingMail.received_at, IncomingMail.id)).all()


def open_cases(mail: IncomingMail) -> Sequence[RightsRequest]:
    """The open cases of who the mail says it comes from."""
    if not mail.sender:
        return []
    theirs = select(RightsRequest).where(
        RightsRequest.fingerprint == mail.fingerprint, RightsRequest.state.in_(OPEN)
    )
    return db.session.scalars(theirs.order_by(RightsRequest.due, RightsRequest.id)).all()


def not_reminded(today: date) -> Sequence[IncomingMail]:
    """The drafts of which nobody was reminded that day, the first first."""
    silent = or_(IncomingMail.reminded_on.is_(None), IncomingMail.reminded_on < today)
    waiting = select(IncomingMail).where(IncomingMail.state == State.WAITING, silent)
    return db.session.scalars(waiting.order_by(IncomingMail.received_at, IncomingMail.id)).all()
