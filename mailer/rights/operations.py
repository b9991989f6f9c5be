"""A request is received, confirmed from its mailbox, answered or closed."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import text

from mailer import addresses, rulebook, tokens
from mailer.abuse import allowance
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import Busy, Conflict, Invalid, NotFound
from mailer.events import Kind as Happened
from mailer.events import happened
from mailer.rights import queries, vault, writing
from mailer.rights.addressing import destination, on_file
from mailer.rights.carriage import Via
from mailer.rights.circumstances import facts, move, require_open
from mailer.rights.counting import stored
from mailer.rights.deadlines import answer_due, receipt_day
from mailer.rights.identity import Level
from mailer.rights.kinds import AT_ONCE, TELLING, Right
from mailer.rights.letters import Kind
from mailer.rights.models import Channel, RequestLine, RightsRequest
from mailer.rights.proceedings import Note, Task, TaskKind
from mailer.rights.requesters import Requester, freezes
from mailer.rights.states import OPEN, Event
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.queries import hold

# For these, somebody looks in the systems that this program does not see.
ABOUT_DATA = frozenset({Right.ACCESS, Right.PORTABILITY, *TELLING})

NEXT_NUMBER = text(
    "INSERT INTO rights_reference_counter (year, last) VALUES (:year, 1)"
    " ON CONFLICT (year) DO UPDATE SET last = rights_reference_counter.last + 1 RETURNING last"
)


@dataclass(frozen=True)
class Intake:
    """What was asked, as it enters by any channel."""

    # None when a letter names none: the fingerprint is then one that nobody has.
    address: Address | None
    fingerprint: str
    rights: tuple[Right, ...]
    verbatim: str
    channel: Channel
    received_on: date
    language: str
    calendar: str
    requester: Requester = Requester.SELF
    representative: str = ""
    contact: str = ""
    heard_by: str = ""
    postal_address: str = ""
    answer_via: Via = Via.EMAIL


def receive(intake: Intake, actor: str, at: datetime) -> RightsRequest:
    """Open the case, start its clock, acknowledge it; what stops sending does so in the same act.

    Raises Invalid for no right, for a receipt that is still to come, or for nowhere to answer.
    """
    is_reachable = intake.address or intake.contact or intake.answer_via != Via.EMAIL
    if not (intake.rights and is_reachable) or intake.received_on > receipt_day(at):
        raise Invalid("intake")
    case = _open(intake, at)
    db.session.add(case)
    db.session.flush()
    record(actor, "receive", subject(case))
    happened(Happened.REQUEST_RECEIVED, request_id=case.id)
    if case.address:
        _take_effect(case, at)
    acknowledge(case, at)
    return case


def _take_effect(case: RightsRequest, at: datetime) -> None:
    # The person's row before the ledger's turn, as everywhere: else two could wait for each other.
    hold(Subscriber.fingerprint == case.fingerprint)
    if freezes(case.rights, case.requester):
        consent.suppress(case.fingerprint, Reason.RESTRICTION, at, subject(case))
    if AT_ONCE.intersection(case.rights):
        stop_sending(case, at)


def acknowledge(case: RightsRequest, at: datetime) -> None:
    """Write to who asks, and to the person where they differ; print a receipt on the spot."""
    asking = destination(case, Kind.A1)
    both = (asking, on_file(case)) if case.contact and case.address else (asking,)
    for to in both:
        if case.channel != Channel.FORM or _may_write(case, to.mailbox, at):
            writing.write(case, Kind.A1, {}, at, to)
    if case.channel == Channel.COUNTER:
        writing.write(case, Kind.A1B, {}, at)


def _may_write(case: RightsRequest, mailbox: str, at: datetime) -> bool:
    """The form must not serve to pester anybody; the request counts with or without the mail."""
    is_persons = mailbox == case.address
    known_by = case.fingerprint if is_persons else fingerprint_of(addresses.parse(mailbox))
    try:
        return allowance.may_write(known_by, mailbox, at)
    except Busy:
        return False


def _open(intake: Intake, at: datetime) -> RightsRequest:
    rules = rulebook.load()
    computed = answer_due(intake.received_on, rules, intake.calendar)
    return RightsRequest(
        reference=next_reference(paris_day(at).year),
        channel=intake.channel,
        received_on=intake.received_on,
        logged_at=at,
        language=intake.language,
        address=intake.address.display if intake.address else "",
        fingerprint=intake.fingerprint,
        verbatim=intake.verbatim,
        requester=intake.requester,
        representative=intake.representative,
        contact=intake.contact,
        heard_by=intake.heard_by,
        postal_address=intake.postal_address,
        answer_via=intake.answer_via,
        rulebook_version=rules.version,
        calendar=intake.calendar,
        raw_due=computed.raw,
        due=computed.due,
        steps=[stored(step) for step in computed.steps],
        lines=[RequestLine(right=right) for right in intake.rights],
    )


def next_reference(year: int) -> str:
    """DR-2026-0042: no gap and no double, whoever else receives a request at the same time."""
    number = db.session.execute(NEXT_NUMBER, {"year": year}).scalar_one()
    return f"DR-{year}-{number:04d}"


def stop_sending(case: RightsRequest, at: datetime) -> None:
    """Nothing more leaves for this address, not even what is queued; no proof is asked (21(3))."""
    origin = subject(case)
    consent.suppress(case.fingerprint, Reason.OBJECTION, at, origin)
    subscriptions.end_all(case.fingerprint, origin, at)


def name_mailbox(case: RightsRequest, address: Address, actor: str, at: datetime) -> None:
    """Take down the address that a letter did not give; it proves nothing until it is confirmed.

    Raises Conflict when the case names one already: it is never changed.
    """
    if case.address or case.state not in OPEN:
        raise Conflict("address")
    case.address, case.fingerprint = address.display, fingerprint_of(address)
    db.session.flush()
    _take_effect(case, at)
    writing.write(case, Kind.A1, {}, at, on_file(case))
    record(actor, "name-mailbox", subject(case))


def confirm_mailbox(token: str, at: datetime) -> RightsRequest:
    """The one who reads the mailbox says that the request is theirs; once is enough."""
    case = queries.by_id(tokens.RIGHTS_MAILBOX.read_id(token))
    if case.mailbox_confirmed_at is None:
        case.mailbox_confirmed_at = at
        case.proven = max(case.proven, Level.MAILBOX)
        allowance.answered(case.fingerprint)
        record("subject", "confirm-mailbox", subject(case))
    return case


def assign(case: RightsRequest, actor: str, at: datetime) -> None:
    """Take the case in hand, with what is to be done elsewhere as tasks."""
    move(case, Event.ASSIGN, facts(case, at, actor=actor))
    case.assignee = actor
    add_tasks(case)
    record(actor, "assign", subject(case))


def add_tasks(case: RightsRequest) -> None:
    """What the rights of the case ask to be done elsewhere, each once.

    A processor is told of what changed (art. 19); another system is looked at by somebody.
    """
    settings = current_app.config
    if TELLING.intersection(case.rights):
        _add(case, TaskKind.PROCESSOR, settings["PROCESSORS"])
    if ABOUT_DATA.intersection(case.rights):
        _add(case, TaskKind.SYSTEM, settings["OTHER_SYSTEMS"])


def _add(case: RightsRequest, kind: TaskKind, names: list[str]) -> None:
    known = {task.processor for task in case.tasks}
    new = (name for name in dict.fromkeys(names) if name not in known)
    case.tasks += [Task(processor=name, kind=kind) for name in new]


def note(case: RightsRequest, words: str, actor: str, at: datetime) -> None:
    """Keep what the officer writes for the file alone."""
    case.notes.append(Note(at=at, by=actor, words=words))
    record(actor, "write-note", subject(case))


def finish_task(
    case: RightsRequest, task_id: int | None, proof: str, actor: str, at: datetime
) -> None:
    """Note that it is done, and what came of it.

    Raises NotFound for a task of another case, Refused once the case is decided.
    """
    require_open(case)
    task = next((each for each in case.tasks if each.id == task_id), None)
    if task is None:
        raise NotFound("task")
    task.done_at, task.done_by, task.proof = at, actor, proof
    record(actor, "finish-task", subject(case))


def close(case: RightsRequest, event: Event, reason: str, actor: str, at: datetime) -> None:
    """End the case without an answer, for a written reason; raises Refused when it is closed."""
    move(case, event, facts(case, at, reason))
    with force_locale(case.language):
        ending = _told(event, reason)
    if ending:
        writing.write(case, Kind.CLOSURE, {"ending": ending}, at)
    finish(case, reason, actor, at)
    record(actor, event.value, subject(case))


def _told(event: Event, reason: str) -> str:
    """What the person is told of the end; a mail that was no request is not answered."""
    said = {
        Event.WITHDRAW: _(
            "Vous avez renoncé à cette demande : nous n’y donnons pas d’autre suite."
        ),
        Event.TRANSFER: _(
            "Nous ne sommes pas compétents pour y répondre. %(reason)s", reason=reason
        ),
    }
    return str(said.get(event, ""))


def finish(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """What every end without an answer has in common: its reason, and no document kept."""
    case.closing_reason = reason
    _end_question(case, actor, at)
    end(case, at)


def end(case: RightsRequest, at: datetime) -> None:
    """Close the case in the state that it came to; what it held back may leave again."""
    case.closed_at, case.ended_as = at, case.state
    _end_freeze(case, at)


def _end_question(case: RightsRequest, actor: str, at: datetime) -> None:
    """No question outlives its case, and no document its question."""
    if question := case.question:
        question.answered_on, question.verified_by = paris_day(at), actor
        vault.forget(question.file)
        question.file = ""


def _end_freeze(case: RightsRequest, at: datetime) -> None:
    """Let letters leave again, unless a request of that person still forbids it."""
    db.session.flush()
    is_frozen = queries.is_frozen(case.fingerprint)
    if freezes(case.rights, case.requester) and not is_frozen:
        consent.unrestrict(case.fingerprint, at, subject(case))


def subject(case: RightsRequest) -> str:
    """How the audit record and the outbox name the case."""
    return f"request:{case.id}"
