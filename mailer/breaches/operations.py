"""An incident is opened, described, notified to the authority and closed."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import text

from mailer import rulebook
from mailer.audit.operations import record
from mailer.breaches import queries
from mailer.breaches.countdown import ends_at
from mailer.breaches.duties import Refusal, Refused, Undone, possible_phases
from mailer.breaches.kinds import Cause, Exemption, Phase, Risk
from mailer.breaches.models import Breach, Notification, Suspicion
from mailer.clock import paris_day
from mailer.db import db
from mailer.errors import Invalid

NEXT_NUMBER = text(
    "INSERT INTO breach_reference_counter (year, last) VALUES (:year, 1)"
    " ON CONFLICT (year) DO UPDATE SET last = breach_reference_counter.last + 1 RETURNING last"
)


@dataclass(frozen=True)
class Opening:
    """What is known at first: since when, how, and in two sentences what happened."""

    aware_at: datetime
    circumstances: str
    found_how: str = ""


@dataclass(frozen=True)
class Description:
    """All that the file of an incident says, field by field of the authority's form."""

    began_at: datetime | None
    discovered_at: datetime | None
    aware_at: datetime
    found_how: str
    circumstances: str
    cause: Cause
    natures: list[str]
    data: list[str]
    people: list[str]
    persons_count: int | None
    records_count: int | None
    safeguards: str
    consequences: str
    measures_taken: str
    measures_planned: str
    risk: Risk | None
    risk_reason: str
    is_cross_border: bool
    countries: str
    processors: str


@dataclass(frozen=True)
class Filing:
    """One notification as it was made; why late, when it was."""

    phase: Phase
    notified_at: datetime
    number: str
    delay_reasons: str = ""


def begin(opening: Opening, actor: str, at: datetime, suspicion: Suspicion | None = None) -> Breach:
    """Open a file; raises Invalid when it would have been known in the future."""
    if opening.aware_at > at:
        raise Invalid("aware")
    breach = Breach(
        reference=next_reference(paris_day(at).year),
        opened_at=at,
        rulebook_version=rulebook.load().version,
        aware_at=opening.aware_at,
        circumstances=opening.circumstances,
        found_how=opening.found_how,
    )
    db.session.add(breach)
    db.session.flush()
    if suspicion:
        suspicion.decided_at, suspicion.breach_id = at, breach.id
    record(actor, "open", subject(breach))
    return breach


def next_reference(year: int) -> str:
    """VD-2026-0001: no gap and no double, and nothing personal in it."""
    number = db.session.execute(NEXT_NUMBER, {"year": year}).scalar_one()
    return f"VD-{year}-{number:04d}"


def describe(breach: Breach, said: Description, actor: str) -> None:
    """Have the file say that; raises Refused once it is closed."""
    require_open(breach)
    for field in fields(Description):
        setattr(breach, field.name, getattr(said, field.name))
    record(actor, "describe", subject(breach))


def notify(breach: Breach, filing: Filing, actor: str, at: datetime) -> None:
    """Note that the authority was told.

    Raises Refused for a phase that does not follow, for an instant before it was known or to come,
    and for a late notification without its reasons (GDPR art. 33(1)).
    """
    require_open(breach)
    if filing.phase not in possible_phases(breach.phases):
        raise Refused(Refusal.NOT_THAT_PHASE)
    if not breach.aware_at <= filing.notified_at <= at:
        raise Refused(Refusal.NOT_YET_KNOWN)
    is_first = not breach.notifications
    if is_first and filing.notified_at > due(breach) and not filing.delay_reasons:
        raise Refused(Refusal.NO_DELAY_REASONS)
    told = Notification(
        phase=filing.phase,
        notified_at=filing.notified_at,
        number=filing.number,
        delay_reasons=filing.delay_reasons,
    )
    breach.notifications.append(told)
    record(actor, "notify", subject(breach))


def due(breach: Breach) -> datetime:
    """The last instant in which the authority is told in time."""
    return ends_at(breach.aware_at, rulebook.load().figures.breach_hours.value)


def exempt(breach: Breach, exemption: Exemption, reason: str, actor: str) -> None:
    """Say why the persons are not told one by one, with what shows it (GDPR art. 34(3))."""
    require_open(breach)
    if not reason:
        raise Invalid("reason")
    breach.exemption, breach.exemption_reason = exemption, reason
    record(actor, "exempt", subject(breach))


def close(breach: Breach, words: str, actor: str, at: datetime) -> None:
    """End the file; raises Undone, naming all that the law still asks for."""
    require_open(breach)
    db.session.flush()
    if undone := queries.duties(breach):
        raise Undone(undone)
    breach.closed_at, breach.closing_words = at, words
    record(actor, "close", subject(breach))


def dismiss(suspicion: Suspicion, reason: str, actor: str, at: datetime) -> None:
    """Say why what a detector found is no incident."""
    if not reason:
        raise Invalid("reason")
    suspicion.decided_at, suspicion.reason = at, reason
    record(actor, "dismiss", f"breach_suspicion:{suspicion.id}")


def require_open(breach: Breach) -> None:
    """Raise Refused for a file that is closed: it is read, and changes no more."""
    if breach.closed_at:
        raise Refused(Refusal.IS_CLOSED)


def subject(breach: Breach) -> str:
    """How the audit record names the incident."""
    return f"breach:{breach.id}"
