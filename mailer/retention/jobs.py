"""The purge: what the schedule says, one transaction per rule; and the silent, asked and let go."""

from datetime import datetime, timedelta

from sqlalchemy import Delete, Table, Update, delete, update
from structlog import get_logger

from mailer import rulebook
from mailer.clock import now
from mailer.consent import trimming
from mailer.db import Base, db, transaction
from mailer.retention import silence
from mailer.retention.models import PurgeLine
from mailer.retention.overdue import is_over
from mailer.retention.schedule import RULES, Rule, Then, cutoff
from mailer.rights import erasure
from mailer.subscriptions import renewals
from mailer.subscriptions.models import Subscriber

log = get_logger()

# People of one transaction: few enough that a sign-up never waits long for the writer's turn.
BATCH = 50


def purge() -> None:
    """End what has outlived its time, and keep a count of it; run twice, it finds nothing more."""
    at = now()
    for rule in RULES:
        with transaction():
            ended = _carry_out(rule, at)
            _report(rule.table, rule.keep, rule.then, ended, at)


def _carry_out(rule: Rule, at: datetime) -> int:
    if rule.table == "consent_event" and rule.then == Then.DELETE:
        # Its rows are links of a chain, which must be told where it goes on.
        return trimming.trim(is_over(rule, *_limit(rule, at)), at)
    return db.session.connection().execute(statement(rule, at)).rowcount


def statement(rule: Rule, at: datetime) -> Delete | Update:
    """The one statement that carries out the rule at that instant."""
    table, limit = _limit(rule, at)
    over = is_over(rule, table, limit)
    if rule.then == Then.DELETE:
        return delete(table).where(over)
    return update(table).where(over).values({rule.detached: None})


def _limit(rule: Rule, at: datetime) -> tuple[Table, datetime]:
    limit = cutoff(rule.keep, rulebook.load().figures, at)
    return Base.metadata.tables[rule.table], limit


def ask_renewals() -> None:
    """Ask everyone who was silent for so long, once, whether they still want the letters."""
    at = now()
    figures = rulebook.load().figures
    before = cutoff("prospect_months", figures, at)
    until = at + timedelta(days=figures.renewal_days.value)
    while people := silence.some(silence.to_ask(before), BATCH):
        with transaction():
            for person_id in people:
                renewals.ask(db.session.get_one(Subscriber, person_id), at, until)


def lapse() -> None:
    """Forget who did not answer in time, or could not be asked."""
    at = now()
    figures = rulebook.load().figures
    before = cutoff("prospect_months", figures, at)
    asked_before = cutoff("renewal_days", figures, at)
    while people := silence.some(silence.to_forget(before, asked_before), BATCH):
        with transaction():
            for person_id in people:
                person = db.session.get_one(Subscriber, person_id)
                renewals.lapse(person, at)
                erasure.erase(person.fingerprint, at)
            _report("subscriber", "prospect_months", Then.DELETE, len(people), at)


def _report(table: str, keep: str, then: Then, number: int, at: datetime) -> None:
    if number:
        db.session.add(PurgeLine(at=at, table_name=table, keep=keep, then=then, number=number))
        log.info("retention.purged", table=table, rule=keep, rows=number)
