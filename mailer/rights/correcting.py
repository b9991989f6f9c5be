"""Correcting what is wrong (GDPR art. 16): a mailbox once both have agreed, the rest by hand.

asked | both mailboxes say yes on their own pages | noted here | decided, told (art. 19)
"""

from datetime import datetime

from sqlalchemy import select

from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict
from mailer.rights.circumstances import require_open
from mailer.rights.kinds import Right
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.proceedings import Correction
from mailer.rights.states import Refusal, Refused
from mailer.subscriptions import address_changes
from mailer.subscriptions.models import AddressChange, Subscriber

# They leave to the mailbox on file, which may not change meanwhile.
COPIED = frozenset({Right.ACCESS, Right.PORTABILITY})


def move_mailbox(case: RightsRequest, address: Address, actor: str, at: datetime) -> None:
    """Ask both mailboxes; nothing changes before each has said yes.

    Raises Refused for who receives nothing from us, when it was asked too often today, or while a
    copy is asked for (it would leave to the mailbox that is left), or once the case is decided.
    """
    require_open(case)
    person = db.session.scalar(select(Subscriber).where(Subscriber.fingerprint == case.fingerprint))
    if person is None:
        raise Refused(Refusal.NO_SUBSCRIBER)
    if COPIED.intersection(case.rights):
        raise Refused(Refusal.COPY_FIRST)
    try:
        change = address_changes.ask(person, address, at)
    except Conflict:
        raise Refused(Refusal.ASKED_TOO_OFTEN) from None
    case.corrections.append(
        Correction(
            before=person.address,
            after=address.display,
            change_id=change.id,
            asked_at=at,
            by=actor,
        )
    )
    record(actor, "ask-correction", subject(case))


def note(case: RightsRequest, before: str, after: str, actor: str, at: datetime) -> None:
    """Note what was corrected by hand, from what to what; raises Refused once it is decided."""
    require_open(case)
    case.corrections.append(
        Correction(before=before, after=after, asked_at=at, done_at=at, by=actor)
    )
    record(actor, "note-correction", subject(case))


def settle() -> int:
    """Note when both mailboxes agreed, before the question to them is forgotten; says how many."""
    waiting = select(Correction, AddressChange.done_at).where(
        Correction.done_at.is_(None),
        AddressChange.id == Correction.change_id,
        AddressChange.done_at.is_not(None),
    )
    found = db.session.execute(waiting).all()
    for correction, done_at in found:
        correction.done_at = done_at
    return len(found)
