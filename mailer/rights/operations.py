"""A request is received, confirmed from its mailbox, answered or closed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import text

from mailer import rulebook, tokens
from mailer.abuse import allowance
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db
from mailer.errors import Busy, Invalid
from mailer.mail import outbox
from mailer.mail.message import Message
from mailer.rights import emails, queries
from mailer.rights.deadlines import Step, answer_due, receipt_day
from mailer.rights.kinds import AT_ONCE, FREEZING, Right
from mailer.rights.letters import Kind, kind_of
from mailer.rights.models import Channel, Letter, RequestLine, RightsRequest
from mailer.rights.states import Event, Outcome, after, possible_outcomes
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


def stored(step: Step) -> dict[str, str]:
    """A step of the computation as the case keeps it."""
    return asdict(step) | {"day": step.day.isoformat(), "cause": step.cause.value}


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
        record("subject", "confirm-mailbox", subject(case))
    return case


def answer(case: RightsRequest, decision: Decision, actor: str, at: datetime) -> None:
    """Send the letter that the outcomes ask for, and close the case.

    Raises Conflict when it is closed, Invalid for an outcome that is missing or not open to the
    right, and for a letter without one of its mandatory mentions.
    """
    check(case, decision.outcomes)
    state = after(case.state, Event.ANSWER)
    for line in case.lines:
        line.outcome = decision.outcomes[line.right]
    message = emails.answer(case, decision.outcomes, decision.answer, decision.grounds)
    send(case, kind_of(decision.outcomes), message, at)
    case.state, case.closed_at = state, at
    end_freeze(case, at)
    record(actor, "answer", subject(case))


def check(case: RightsRequest, outcomes: Mapping[Right, Outcome]) -> None:
    """Every right has an outcome that is open to it; raises Invalid, naming the right."""
    is_confirmed = case.mailbox_confirmed_at is not None
    for right in case.rights:
        possible = possible_outcomes(right, is_confirmed=is_confirmed)
        if outcomes.get(right) not in possible:
            raise Invalid(f"outcome of {right}")


def close(case: RightsRequest, event: Event, reason: str, actor: str, at: datetime) -> None:
    """End the case without an answer, for a written reason; raises Conflict when it is closed."""
    case.state = after(case.state, event)
    case.closed_at, case.closing_reason = at, reason
    end_freeze(case, at)
    record(actor, event.value, subject(case))


def end_freeze(case: RightsRequest, at: datetime) -> None:
    """Let letters leave again, unless a request of that person still forbids it."""
    db.session.flush()
    if FREEZING.intersection(case.rights) and not queries.is_frozen(case.fingerprint):
        consent.unrestrict(case.fingerprint, at, subject(case))


def send(case: RightsRequest, kind: Kind, message: Message, at: datetime) -> None:
    """Put the letter in the outbox and note it on the case."""
    outbox.put(message, origin=subject(case))
    case.letters.append(Letter(kind=kind, written_at=at, message_id=message.message_id))


def subject(case: RightsRequest) -> str:
    """How the audit record and the outbox name the case."""
    return f"request:{case.id}"
