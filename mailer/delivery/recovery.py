"""After a crash: what dead workers knew is read from their journals, the rest is uncertain."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import current_app
from structlog import get_logger

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import claims, journal, outcomes
from mailer.delivery.batch import Answered, Batch, Claimed, Unsent
from mailer.delivery.group import settle
from mailer.delivery.journal import Page
from mailer.mail.outcome import Kind, Outcome, Stage

log = get_logger()

LOST = Outcome(Kind.UNCERTAIN, "4.4.2", "", Stage.FINAL)


def recover() -> None:
    """Settle what this machine's dead workers left; each in its own transaction, and only once."""
    for page in journal.left_behind(Path(current_app.config["DATA_FOLDER"])):
        at = now()
        with transaction():
            held = list(_each(claims.leased(page.owner)))
            answered = list(_answered(page, held))
            unsent = [Unsent(*one) for one in held if not page.may_have_left(one[1].delivery_id)]
            settle(page.owner, outcomes.judge(answered, unsent, at), at)
        lost = sum(each.outcome is LOST for each in answered)
        log.info("delivery.recovered", mails=len(held), uncertain=lost, unsent=len(unsent))


def _each(batches: Iterable[Batch]) -> Iterator[tuple[int, Claimed]]:
    for batch in batches:
        for person in batch.people:
            yield batch.campaign_id, person


def _answered(page: Page, held: Iterable[tuple[int, Claimed]]) -> Iterator[Answered]:
    for campaign_id, person in held:
        if page.may_have_left(person.delivery_id):
            outcome = page.answers.get(person.delivery_id, LOST)
            yield Answered(campaign_id, person, outcome)
