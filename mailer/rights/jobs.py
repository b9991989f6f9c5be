"""What the worker does for requests by itself."""

from datetime import datetime, timedelta

from structlog import get_logger

from mailer import rulebook
from mailer.clock import add_months, now, paris_day
from mailer.consent import ledger, withdrawals
from mailer.db import transaction
from mailer.mail import outbox
from mailer.rights import (
    asking,
    correcting,
    erasure,
    handover,
    holding,
    journal,
    queries,
    reminder_mails,
    reminders,
    vault,
    writing,
)
from mailer.subscriptions import leaving_again

log = get_logger()


def warn_of_deadlines() -> None:
    """Tell the officer, and of what is late their deputy, which timers have come; once each."""
    at = now()
    today = paris_day(at)
    with transaction():
        told = reminders.ring(today, at)
        for message in reminder_mails.digests(told, today):
            outbox.put(message, origin="job:warn-of-deadlines")
    if told:
        log.info("rights.officer_warned", timers=len(told))


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
    withdrawals.forget(_before_the_table(at))


def note_deliveries() -> None:
    """Write on letters what became of their mails, before the outbox forgets them."""
    with transaction():
        noted = writing.note_deliveries()
    if noted:
        log.info("rights.deliveries_noted", letters=noted)


def settle_corrections() -> None:
    """Note which mailboxes agreed to a correction, before the question to them is forgotten."""
    with transaction():
        settled = correcting.settle()
    if settled:
        log.info("rights.corrections_settled", corrections=settled)


def archive() -> None:
    """Put away the files that were closed some months ago."""
    with transaction():
        archived = holding.archive(now())
    if archived:
        log.info("rights.archived", requests=archived)


def _before_the_table(at: datetime) -> datetime:
    """A month sooner than the table's rows go: what the file alone has is always a restore."""
    years = rulebook.load().figures.proof_years.value
    return datetime.combine(add_months(at.date(), 1 - 12 * years), at.timetz())


def replay_erasures() -> None:
    """Forget again whom a restored backup brought back, and end what they had left.

    No other job may run before it.
    """
    seq = ledger.head().seq
    if any(journal.read()):
        with transaction():
            again = erasure.replay(now())
        if again:
            log.warning("rights.erasures_replayed", people=again)
    with transaction():
        left = leaving_again.leave_again(withdrawals.beyond(seq))
    withdrawals.cut(seq)
    if left:
        log.warning("rights.withdrawals_replayed", people=left)


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
