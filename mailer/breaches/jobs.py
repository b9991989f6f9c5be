"""What the worker does for incidents by itself."""

from datetime import datetime

from sqlalchemy import select
from structlog import get_logger

from mailer import rulebook
from mailer.breaches import emails, queries, telling, watching
from mailer.breaches.countdown import ends_at, left, timer
from mailer.breaches.detectors import broken_ledger
from mailer.breaches.emails import Ringing
from mailer.breaches.models import Breach, BreachReminder
from mailer.clock import now
from mailer.consent import verification
from mailer.db import db, transaction
from mailer.mail import outbox

log = get_logger()


def warn_of_breaches() -> None:
    """Remind the officer as the hours pass, and once when they are over; once each."""
    at = now()
    with transaction():
        ringing = _ringing(at)
        if not ringing:
            return
        for breach, name in ringing.items():
            db.session.add(BreachReminder(breach_id=breach.id, timer=name, given_at=at))
        outbox.put(
            emails.warning([_told(breach, at) for breach in ringing]), origin="job:warn-of-breaches"
        )
    log.info("breaches.officer_warned", breaches=len(ringing))


def _ringing(at: datetime) -> dict[Breach, str]:
    """The incidents whose clock runs and whose timer has come and has not rung."""
    counting = queries.with_running_clock()
    hours = rulebook.load().figures.breach_hours.value
    names = {breach: timer(breach.aware_at, at, hours) for breach in counting}
    columns = (BreachReminder.breach_id, BreachReminder.timer)
    ids = [breach.id for breach in counting]
    mine = select(*columns).where(BreachReminder.breach_id.in_(ids))
    rung = set(db.session.execute(mine))
    return {each: name for each, name in names.items() if name and (each.id, name) not in rung}


def _told(breach: Breach, at: datetime) -> Ringing:
    hours = rulebook.load().figures.breach_hours.value
    time = left(breach.aware_at, at, hours)
    return Ringing(breach.reference, time, ends_at(breach.aware_at, hours))


def tell_persons() -> None:
    """Put what waits into the outbox, a batch a transaction."""
    while True:
        with transaction():
            number = telling.tell_some(now())
        if not number:
            return
        log.info("breaches.persons_told", persons=number)


def note_tellings() -> None:
    """Write on each row what became of its mail."""
    with transaction():
        telling.note_deliveries()


def watch() -> None:
    """Look for failed sign-ins and large exports; propose them to the officer."""
    at = now()
    with transaction():
        proposed = watching.propose(watching.failed_sign_ins(at) + watching.exports(at), at)
    if proposed:
        log.warning("breaches.signs_found", signs=proposed)


def verify_ledger() -> None:
    """Walk the chain of consents; propose it to the officer when it is not whole."""
    fault = verification.verify().fault
    db.session.rollback()
    found = broken_ledger(str(fault) if fault else None)
    if found:
        with transaction():
            watching.propose([found], now())
        log.error("breaches.ledger_broken")
