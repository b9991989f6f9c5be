"""The returned mails that were kept: listed, opened, and what staff decide about one."""

from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from mailer import addresses
from mailer.audit.operations import record
from mailer.bounces import answers, forwarding
from mailer.bounces.answers import Answer
from mailer.bounces.forwarding import subject
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import TRANSITIONS, Event, State, after
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.consent.queries import suppression_of
from mailer.db import db
from mailer.delivery.models import Delivery
from mailer.errors import Conflict, Invalid, NotFound
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.models import Subscriber
from mailer.web.pages import PAGE_ROWS, Page


def page(state: State, before: int | None = None) -> Page[ReturnedMail]:
    """Those that wait, or were set aside: the newest first; begins below that row."""
    found = select(ReturnedMail).where(ReturnedMail.state == state)
    if before is not None:
        found = found.where(ReturnedMail.id < before)
    rows = db.session.scalars(found.order_by(ReturnedMail.id.desc()).limit(PAGE_ROWS + 1)).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def counts() -> dict[State, int]:
    """How many there are in each state."""
    number = func.count().label("number")
    found = db.session.execute(select(ReturnedMail.state, number).group_by(ReturnedMail.state))
    return dict.fromkeys(State, 0) | {row.state: row.number for row in found}


def by_id(mail_id: int) -> ReturnedMail:
    """The mail of that number; raises NotFound."""
    found = db.session.get(ReturnedMail, mail_id)
    if found is None:
        raise NotFound("mail")
    return found


def held(mail_id: int) -> ReturnedMail:
    """The same, held for this transaction: of two who decide at once, the second finds it done."""
    found = db.session.get(ReturnedMail, mail_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("mail")
    return found


def words_of(row: ReturnedMail) -> Answer:
    """What the mail says, to be read by a person."""
    return answers.read(row.content, frozenset())


def can_be_passed_on(row: ReturnedMail, found: Answer) -> bool:
    """Whether there is somebody to answer, who is not one of us."""
    try:
        writer = addresses.parse(found.sender).normalised
    except Invalid:
        return False
    ours = (current_app.config["SENDER_ADDRESS"], current_app.config["DPO_ADDRESS"])
    is_open = (row.state, Event.FORWARD) in TRANSITIONS
    return is_open and writer not in {addresses.parse(each).normalised for each in ours}


def reader_of(row: ReturnedMail) -> Subscriber | None:
    """Whom our mail went to, when a return-path of ours says which it was."""
    mail = db.session.get(Delivery, row.delivery_id) if row.delivery_id and row.is_proven else None
    return db.session.get(Subscriber, mail.subscriber_id) if mail and mail.subscriber_id else None


def set_aside(row: ReturnedMail, actor: str, at: datetime) -> None:
    """It is nothing; raises Conflict when it was decided already."""
    _decide(row, Event.SET_ASIDE, actor, at)
    record(actor, "set-aside-returned", subject(row))


def pass_on(row: ReturnedMail, actor: str, at: datetime) -> None:
    """It is an answer: to whoever sent the letter. Raises Conflict when it cannot be."""
    found = words_of(row)
    if not can_be_passed_on(row, found):
        raise Conflict("nobody to answer")
    forwarding.forward(row, found, actor, at)


def give_up(row: ReturnedMail, reason: str, actor: str, at: datetime) -> None:
    """The address is dead: never write there again. Raises Conflict when nobody knows which."""
    person = reader_of(row)
    if person is None:
        raise Conflict("whose address it is")
    _decide(row, Event.GIVE_UP, actor, at)
    row.reason = reason
    subscriptions.hold(Subscriber.id == person.id)
    if suppression_of(person.fingerprint) is None:
        consent.suppress(person.fingerprint, Reason.HARD_BOUNCE, at, subject(row))
    record(actor, "give-up-address", subject(row))


def _decide(row: ReturnedMail, event: Event, actor: str, at: datetime) -> None:
    row.state = after(row.state, event)
    row.decided_at, row.decided_by = at, actor
