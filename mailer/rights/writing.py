"""Writing a letter to a person: it says all it must, is kept as it went, and leaves with the rest.

case and facts | template, checked | row with its words and their hash | outbox, or the printer
"""

from datetime import datetime

from sqlalchemy import select

from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import Conflict
from mailer.mail import outbox
from mailer.mail.models import OutboxMessage, State
from mailer.rights import letter_facts, letter_mail
from mailer.rights.addressing import Destination, destination
from mailer.rights.carriage import FIRST, Delivery, Via
from mailer.rights.composing import Composed, compose
from mailer.rights.counting import base_due
from mailer.rights.letters import Facts, Kind, is_before
from mailer.rights.models import Letter, RightsRequest

# In which those are written to who is not the person.
HOUSE_LANGUAGE = "fr"

# What became of a mail, as the letter says it.
ENDS = {State.SENT: Delivery.SENT, State.FAILED: Delivery.FAILED}


def write(
    case: RightsRequest, kind: Kind, facts: Facts, at: datetime, to: Destination | None = None
) -> Letter:
    """Keep the letter and send it, or have it wait for the printer.

    The facts are what the case does not know by itself, and the officer's words for the free parts.
    Raises Lacking, naming each mandatory mention that is missing, and Conflict for an extension
    told after the first due date.
    """
    if not is_before(kind, base_due(case, paris_day(at)), paris_day(at)):
        raise Conflict("too late to extend")
    where = to or destination(case, kind)
    known = letter_facts.of(case, at) | dict(facts) | letter_facts.by_reader(case, where)
    return _keep(case, compose(kind, case.language, known), at, where)


def inform(case: RightsRequest, facts: Facts, at: datetime, to: Destination) -> Letter:
    """Keep and send the letter that tells a processor of the case (GDPR art. 19)."""
    known = letter_facts.of(case, at, HOUSE_LANGUAGE) | dict(facts)
    return _keep(case, compose(Kind.A10, HOUSE_LANGUAGE, known), at, to)


def _keep(case: RightsRequest, composed: Composed, at: datetime, to: Destination) -> Letter:
    letter = Letter(
        kind=composed.kind,
        written_at=at,
        message_id=_mailed(case, composed, to.mailbox) if to.via == Via.EMAIL else "",
        via=to.via,
        language=composed.language,
        version=composed.version,
        source=composed.source,
        sha256=composed.sha256,
        delivery=FIRST[to.via],
    )
    case.letters.append(letter)
    db.session.flush()
    return letter


def _mailed(case: RightsRequest, composed: Composed, mailbox: str) -> str:
    message = letter_mail.message(composed, mailbox)
    outbox.put(message, origin=f"request:{case.id}")
    return message.message_id


def posted(letter: Letter, at: datetime) -> None:
    """Somebody posted it or handed it over; raises Conflict for one that needs neither."""
    if letter.delivery != Delivery.TO_POST:
        raise Conflict("not to be posted")
    letter.delivery, letter.delivered_at = Delivery.SENT, at


def note_deliveries() -> int:
    """Write on each letter what became of its mail, before the outbox forgets it; says how many."""
    waiting = select(Letter, OutboxMessage).where(
        Letter.delivery == Delivery.QUEUED,
        OutboxMessage.message_id == Letter.message_id,
        OutboxMessage.state.in_(ENDS),
    )
    found = db.session.execute(waiting).all()
    for letter, mail in found:
        letter.delivery, letter.delivered_at = ENDS[mail.state], mail.ended_at
        letter.status = mail.status or ""
    return len(found)
