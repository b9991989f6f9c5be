"""Correcting what is wrong (GDPR art. 16): a mailbox once both have agreed, the rest by hand.

asked | both mailboxes say yes on their own pages | noted here | decided, told (art. 19)
"""

from datetime import datetime

from sqlalchemy import select

from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import NotFound
from mailer.rights.circumstances import require_open
from mailer.rights.models import RightsRequest
from mailer.rights.operations import subject
from mailer.rights.proceedings import Correction
from mailer.subscriptions import address_changes
from mailer.subscriptions.models import AddressChange, Subscriber


def move_mailbox(case: RightsRequest, address: Address, actor: str, at: datetime) -> None:
    """Ask both mailboxes; nothing changes before each has said yes.

    Raises NotFound for who receives nothing from us, Conflict when it was asked too often today,
    Refused once the case is decided.
    """
    require_open(case)
    person = db.session.scalar(select(Subscriber).where(Subscriber.fingerprint == case.fingerprint))
    if person is None:
        raise NotFound("subscriber")
    change = address_changes.ask(person, address, at)
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
