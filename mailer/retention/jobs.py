"""The purge: what the schedule says, one transaction per rule; and the silent, asked and let go."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select
from structlog import get_logger

from mailer import rulebook
from mailer.clock import now
from mailer.db import db, transaction
from mailer.retention import endings, silence
from mailer.retention.endings import BATCH
from mailer.retention.models import PurgeLine
from mailer.retention.schedule import RULES, Rule, Then, cutoff
from mailer.rights import erasure
from mailer.subscriptions import renewals
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.queries import hold

log = get_logger()

BY_BATCHES = frozenset({Then.EXPIRE, Then.ERASE, Then.COUNT})


def purge() -> None:
    """End what has outlived its time, and keep a count of it; run twice, it finds nothing more."""
    at = now()
    for rule in RULES:
        while _turn(rule, at):
            continue


def _turn(rule: Rule, at: datetime) -> bool:
    """One transaction of the rule; whether there may be more."""
    with transaction():
        ended = endings.end(rule, cutoff(rule.keep, rulebook.load().figures, at), at)
        _report(rule.table, rule.keep, rule.then, ended, at)
    return rule.then in BY_BATCHES and ended == BATCH


def ask_renewals() -> None:
    """Ask everyone who was silent for so long, once, whether they still want the letters."""
    at = now()
    figures = rulebook.load().figures
    before = cutoff("prospect_months", figures, at)
    until = at + timedelta(days=figures.renewal_days.value)
    wanted = silence.to_ask(before)
    while people := silence.some(wanted, BATCH):
        with transaction():
            for person_id in _held(wanted, people):
                renewals.ask(db.session.get_one(Subscriber, person_id), at, until)


def lapse() -> None:
    """Forget who did not answer in time, or could not be asked."""
    at = now()
    figures = rulebook.load().figures
    before = cutoff("prospect_months", figures, at)
    asked_before = cutoff("renewal_days", figures, at)
    wanted = silence.to_forget(before, asked_before)
    while people := silence.some(wanted, BATCH):
        with transaction():
            silent = _held(wanted, people)
            for person_id in silent:
                person = db.session.get_one(Subscriber, person_id)
                renewals.lapse(person, at)
                erasure.erase(person.fingerprint, at)
            _report("subscriber", "prospect_months", Then.ERASE, len(silent), at)


def _held(wanted: Select[int], people: Sequence[int]) -> Sequence[int]:
    """Those of them who are wanted yet, now that nothing more can come from them.

    All rows before the ledger's turn: else a visitor and this could wait for each other.
    """
    hold(Subscriber.id.in_(people))
    return silence.still(wanted, people)


def _report(table: str, keep: str, then: Then, number: int, at: datetime) -> None:
    if number:
        db.session.add(PurgeLine(at=at, table_name=table, keep=keep, then=then, number=number))
        log.info("retention.purged", table=table, rule=keep, rows=number)
