"""A request is received, confirmed from its mailbox, answered or closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import current_app
from sqlalchemy import text

from mailer import rulebook, tokens
from mailer.abuse import allowance
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db
from mailer.errors import Busy, Invalid, NotFound
from mailer.mail import outbox
from mailer.mail.message import Message
from mailer.rights import emails, execution, notices, queries, vault
from mailer.rights.circumstances import facts, move, of_decision
from mailer.rights.counting import stored
from mailer.rights.deadlines import answer_due, receipt_day
from mailer.rights.grounds import Ground
from mailer.rights.identity import Level
from mailer.rights.kinds import AT_ONCE, FREEZING, TELLING, Right
from mailer.rights.letters import Kind, kind_of
from mailer.rights.models import Channel, Letter, RequestLine, RightsRequest
from mailer.rights.proceedings import Note, Task
from mailer.rights.states import REFUSALS, Event, Outcome, State, possible_outcomes
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.queries import hold

NEXT_NUMBER = text(
    "INSERT INTO rights_reference_counter (year, last) VALUES (:year, 1)"
    " ON CONFLICT (year) DO UPDATE SET last = rights_reference_counter.last + 1 RETURNING last"
)


@dataclass(frozen=True)
class Intake:
    """What was asked, as it enters by any channel."""

    address: Address
    fingerprint: str
    rights: tuple[Right, ...]
    verbatim: str
    channel: Channel
    received_on: date
    language: str
    calendar: str


@dataclass(frozen=True)
class Decision:
    """The officer's answer: an outcome per right, what is said, and the ground of a refusal."""

    outcomes: Mapping[Right, Outcome]
    answer: str
    grounds: str
    # On what each refused line rests.
    grounds_in_law: Mapping[Right, Ground] = field(default_factory=dict)


def receive(intake: Intake, actor: str, at: datetime) -> RightsRequest:
    """Open the case, start its clock, acknowledge it; what stops sending does so in the same act.

    Raises Invalid for no right, or for a receipt that is still to come.
    """
    if not intake.rights or intake.received_on > receipt_day(at):
        raise Invalid("intake")
    case = _open(intake, at)
    db.session.add(case)
    db.session.flush()
    record(actor, "receive", subject(case))
    # The person's row before the ledger's turn, as everywhere: else two could wait for each other.
    hold(Subscriber.fingerprint == case.fingerprint)
    if FREEZING.intersection(intake.rights):
        consent.suppress(case.fingerprint, Reason.RESTRICTION, at, subject(case))
    if AT_ONCE.intersection(intake.rights):
        stop_sending(case, at)
    if case.channel != Channel.FORM or _may_write(case, at):
        send(case, Kind.ACKNOWLEDGEMENT, emails.acknowledgement(case), at)
    return case


def _may_write(case: RightsRequest, at: datetime) -> bool:
    """The form must not serve to pester somebody; the request counts with or without the mail."""
    try:
        return allowance.may_write(case.fingerprint, case.address, at)
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
        address=intake.address.display,
        fingerprint=intake.fingerprint,
        verbatim=intake.verbatim,
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


def confirm_mailbox(token: str, at: datetime) -> RightsRequest:
    """The one who reads the mailbox says that the request is theirs; once is enough."""
    case = queries.by_id(tokens.RIGHTS_MAILBOX.read_id(token))
    if case.mailbox_confirmed_at is None:
        case.mailbox_confirmed_at = at
        case.proven = max(case.proven, Level.MAILBOX)
        record("subject", "confirm-mailbox", subject(case))
    return case


def assign(case: RightsRequest, actor: str, at: datetime) -> None:
    """Take the case in hand; each processor that must be told becomes a task, once (art. 19)."""
    move(case, Event.ASSIGN, facts(case, at, actor=actor))
    case.assignee = actor
    told = {task.processor for task in case.tasks}
    if TELLING.intersection(case.rights):
        processors = dict.fromkeys(current_app.config["PROCESSORS"])
        case.tasks += [Task(processor=name) for name in processors if name not in told]
    record(actor, "assign", subject(case))


def finish_task(case: RightsRequest, task_id: int | None, actor: str, at: datetime) -> None:
    """Note that a processor was told; raises NotFound for a task of another case."""
    task = next((each for each in case.tasks if each.id == task_id), None)
    if task is None:
        raise NotFound("task")
    task.done_at, task.done_by = at, actor
    record(actor, "finish-task", subject(case))


def decide(case: RightsRequest, decision: Decision, actor: str, at: datetime) -> None:
    """Give each right its outcome and draft the answer.

    Raises Invalid for an outcome that no law opens to the right, Refused for a refusal without
    its ground and reason, for something given to who is not identified, for a task left open.
    """
    check(decision.outcomes, case.rights)
    for line in case.lines:
        line.outcome = decision.outcomes[line.right]
        is_refused = line.outcome in REFUSALS
        line.ground = decision.grounds_in_law.get(line.right) if is_refused else None
        line.reason = decision.grounds if is_refused else ""
    move(case, Event.DECIDE, of_decision(case, at))
    case.draft = decision.answer
    record(actor, "decide", subject(case))


def give_back(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """Have a decided case looked at again, for a written reason."""
    move(case, Event.RETURN, facts(case, at, reason))
    for line in case.lines:
        line.outcome, line.ground, line.reason = None, None, ""
    case.notes.append(Note(at=at, by=actor, words=reason))
    record(actor, "return", subject(case))


def sign(case: RightsRequest, actor: str, at: datetime) -> None:
    """Do what was decided, send the letter that says so, and close the case, all or nothing.

    Raises Invalid for a letter without one of its mandatory mentions.
    """
    move(case, Event.ANSWER, facts(case, at, actor=actor))
    outcomes = {line.right: line.outcome for line in case.lines if line.outcome}
    reasons = dict.fromkeys(line.reason for line in case.lines if line.reason)
    done = execution.execute(case, at)
    text = "\n\n".join(part for part in (case.draft, *done) if part)
    message = emails.answer(case, outcomes, text, "\n\n".join(reasons))
    send(case, kind_of(outcomes), message, at)
    case.closed_at, case.ended_as = at, case.state
    end_freeze(case, at)
    record(actor, "answer", subject(case))


def answer(case: RightsRequest, decision: Decision, actor: str, at: datetime) -> None:
    """Decide and sign in one act, as one officer alone does."""
    if case.state == State.RECEIVED:
        assign(case, actor, at)
    decide(case, decision, actor, at)
    sign(case, actor, at)


def check(outcomes: Mapping[Right, Outcome], rights: tuple[Right, ...]) -> None:
    """Every right has an outcome that is open to it; raises Invalid, naming the right."""
    for right in rights:
        if outcomes.get(right) not in possible_outcomes(right, is_confirmed=True):
            raise Invalid(f"outcome of {right}")


def close(case: RightsRequest, event: Event, reason: str, actor: str, at: datetime) -> None:
    """End the case without an answer, for a written reason; raises Refused when it is closed."""
    move(case, event, facts(case, at, reason))
    finish(case, reason, actor, at)
    record(actor, event.value, subject(case))


def finish(case: RightsRequest, reason: str, actor: str, at: datetime) -> None:
    """What every end without an answer has in common: its reason, and no document kept."""
    case.closed_at, case.ended_as, case.closing_reason = at, case.state, reason
    _end_question(case, actor, at)
    end_freeze(case, at)


def _end_question(case: RightsRequest, actor: str, at: datetime) -> None:
    """No question outlives its case, and no document its question."""
    if question := case.question:
        question.answered_on, question.verified_by = paris_day(at), actor
        vault.forget(question.file)
        question.file = ""


def end_freeze(case: RightsRequest, at: datetime) -> None:
    """Let letters leave again, unless a request of that person still forbids it."""
    db.session.flush()
    if FREEZING.intersection(case.rights) and not queries.is_frozen(case.fingerprint):
        consent.unrestrict(case.fingerprint, at, subject(case))


def send(case: RightsRequest, kind: Kind, message: Message, at: datetime) -> None:
    """Put the letter in the outbox and note it on the case."""
    outbox.put(message, origin=subject(case))
    case.letters.append(Letter(kind=kind, written_at=at, message_id=message.message_id))


def tell(case: RightsRequest, kind: Kind, mentions: Mapping[str, str], at: datetime) -> None:
    """Write the short letter of that kind to the person."""
    send(case, kind, notices.write(case, kind, mentions), at)


def subject(case: RightsRequest) -> str:
    """How the audit record and the outbox name the case."""
    return f"request:{case.id}"
