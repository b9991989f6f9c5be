"""What the worker does for requests by itself."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from structlog import get_logger

from mailer import rulebook
from mailer.clock import add_months, now, paris_day
from mailer.db import db, transaction
from mailer.mail import outbox
from mailer.rights import asking, emails, erasure, handover, journal, queries, vault, writing
from mailer.rights.deadlines import timer
from mailer.rights.models import DeadlineWarning, RightsRequest

log = get_logger()


def warn_of_deadlines() -> None:
    """Remind the officer 7, 3, 1 and 0 days before a request is due, then daily; once each."""
    at = now()
    today = paris_day(at)
    with transaction():
        ringing = _ringing(today)
        if not ringing:
            return
        for case, name in ringing.items():
            db.session.add(DeadlineWarning(request_id=case.id, timer=name, given_at=at))
        dates = {case.reference: case.due for case in ringing}
        outbox.put(emails.warning(dates, today), origin="job:warn-of-deadlines")
    log.info("rights.officer_warned", requests=len(dates))


def write_erasures() -> None:
    """Copy new erasures into the journal beside the data; empty the requests that are over."""
    at = now()
    rows = journal.unwritten()
    lines = {row.id: journal.Line(row.fingerprint, row.at) for row in rows}
    # Written twice, when the power fails between, a line says the same.
    journal.append(list(lines.values()))
    with transaction():
        journal.mark(list(lines), at)
        erasure.finish()
    journal.forget(_before_the_table(at))


def note_deliveries() -> None:
    """Write on letters what became of their mails, before the outbox forgets them."""
    with transaction():
        noted = writing.note_deliveries()
    if noted:
        log.info("rights.deliveries_noted", letters=noted)


def _before_the_table(at: datetime) -> datetime:
    """A month sooner than the table's rows go: what the file alone has is always a restore."""
    years = rulebook.load().figures.proof_years.value
    return datetime.combine(add_months(at.date(), 1 - 12 * years), at.timetz())


def replay_erasures() -> None:
    """Forget again whom a restored backup brought back; no other job may run before it."""
    if any(journal.read()):
        with transaction():
            again = erasure.replay(now())
        if again:
            log.warning("rights.erasures_replayed", people=again)


def _ringing(today: date) -> Mapping[RightsRequest, str]:
    """The open requests whose timer has come and has not rung."""
    cases = queries.open_until(today + queries.SOON)
    names = {case: timer(case.due, today) for case in cases}
    rung = set(
        db.session.execute(
            select(DeadlineWarning.request_id, DeadlineWarning.timer).where(
                DeadlineWarning.request_id.in_(case.id for case in cases)
            )
        )
    )
    return {case: name for case, name in names.items() if name and (case.id, name) not in rung}


def remind_of_identity() -> None:
    """Ask once more, after some days, who was asked and has not answered; once each."""
    at = now()
    since = paris_day(at) - timedelta(days=rulebook.load().figures.identity_reminder_days.value)
    with transaction():
        for question_id in queries.unanswered(since):
            asking.remind(question_id, at)


def end_copies() -> None:
    """Delete the copies whose link is over, and the sealed files that no row names."""
    at = now()
    with transaction():
        ended = handover.end_expired(at)
    swept = vault.sweep(queries.sealed_files(), at)
    if ended or swept:
        log.info("rights.copies_ended", copies=ended, files=swept)
