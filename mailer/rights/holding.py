"""What happens around a case: a complaint, a litigation, a request that follows, the archive."""

from datetime import date, datetime

from flask import current_app
from sqlalchemy import select

from mailer import addresses, rulebook
from mailer.audit.operations import record
from mailer.clock import add_months, paris_day
from mailer.db import db
from mailer.rights import operations
from mailer.rights.carriage import Via
from mailer.rights.circumstances import facts, move
from mailer.rights.models import Channel, Hold, RightsRequest
from mailer.rights.operations import Intake, subject
from mailer.rights.proceedings import Note
from mailer.rights.states import CLOSED, Event, Refusal, Refused


def complain(case: RightsRequest, number: str, actor: str, at: datetime) -> None:
    """The authority has taken it up: the file is kept until the complaint is over."""
    move(case, Event.COMPLAIN, facts(case, at, number))
    case.complaint_number, case.hold = number, Hold.COMPLAINT
    record(actor, "note-complaint", subject(case))


def hold(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Keep the file for a litigation, for a written reason."""
    move(case, Event.HOLD, facts(case, at, reason))
    # A complaint that holds it already goes on doing so.
    case.hold = Hold.LITIGATION if case.hold == Hold.NONE else case.hold
    _note(case, "hold", reason, actor, at)


def release(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Let the file go when its time comes, for a written reason."""
    move(case, Event.RELEASE, facts(case, at, reason))
    case.hold = Hold.NONE
    _note(case, "release", reason, actor, at)


def _note(case: RightsRequest, verb: str, reason: str, actor: str, at: datetime) -> None:
    case.notes.append(Note(at=at, by=actor, words=reason))
    record(actor, verb, subject(case))


def follow_up(
    case: RightsRequest, received_on: date, verbatim: str, actor: str, at: datetime
) -> RightsRequest:
    """Open the case that follows a closed one, of the same person about the same rights.

    No proof of identity goes over. Raises Refused while the case is open.
    """
    move(case, Event.FOLLOW_UP, facts(case, at))
    if not case.address and case.answer_via == Via.EMAIL:
        raise Refused(Refusal.FORGOTTEN)
    opened = operations.receive(_following(case, received_on, verbatim), actor, at)
    opened.related_to = case.reference
    return opened


def _following(case: RightsRequest, received_on: date, verbatim: str) -> Intake:
    return Intake(
        address=addresses.parse(case.address) if case.address else None,
        fingerprint=case.fingerprint,
        rights=case.rights,
        verbatim=verbatim,
        channel=Channel.EMAIL if case.channel == Channel.FORM else case.channel,
        received_on=received_on,
        language=case.language,
        calendar=current_app.config["HOLIDAY_CALENDAR"],
        requester=case.requester,
        representative=case.representative,
        contact=case.contact,
        postal_address=case.postal_address,
        answer_via=case.answer_via,
    )


def archive(at: datetime) -> int:
    """Put away the files closed some months ago, save those that are held; says how many."""
    months = rulebook.load().figures.archive_months.value
    before = add_months(paris_day(at), -months)
    closed = db.session.scalars(
        select(RightsRequest).where(
            RightsRequest.state.in_(CLOSED),
            RightsRequest.hold == Hold.NONE,
            RightsRequest.closed_at.is_not(None),
        )
    )
    put_away = [case for case in closed if paris_day(case.closed_at or at) < before]
    for case in put_away:
        move(case, Event.ARCHIVE, facts(case, at))
        case.archived_at = at
    return len(put_away)


def consult(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Open an archived file for a written reason."""
    _note(case, "consult-archive", reason, actor, at)
