"""What the worker does for letters."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from structlog import get_logger

from mailer.clock import now
from mailer.db import transaction
from mailer.mail import jobs as mail
from mailer.mail.outbox import Claimed
from mailer.newsletters import digest_queries, digest_runs, link_checks, single
from mailer.newsletters.checks.facts import Standing
from mailer.newsletters.digest_states import RunState
from mailer.outgoing import RequestError, configured, status
from mailer.subscriptions import questions

log = get_logger()

# Nothing more begins after it: sites that hang never hold up the worker's other jobs.
ROUND = timedelta(seconds=45)


def send_mails() -> None:
    """Send what is due in the outbox; letters and questions, while their person may be reached."""
    mail.send_outbox(_withheld)


def _withheld(batch: Sequence[Claimed], at: datetime) -> set[int]:
    return single.withheld(batch, at) | questions.withdraw(batch)


def compose_digests() -> None:
    """Take the periods whose hour has come, and bring each a step on: every step commits."""
    while _claims():
        pass
    for state, step in (
        (RunState.CLAIMED, digest_runs.compose),
        (RunState.COMPOSED, digest_runs.settle),
    ):
        with transaction():
            runs = digest_queries.runs_in(state)
        for run_id in runs:
            with transaction():
                step(run_id, now())


def _claims() -> bool:
    with transaction():
        return digest_runs.claim(now())


def try_links() -> None:
    """Try the links that wait, those of drafts once a day, one transaction each."""
    with transaction():
        link_checks.forget(now())
        link_checks.ask_for_drafts(now())
    end = now() + ROUND
    while now() < end:
        with transaction():
            claimed = link_checks.claim(now())
        if claimed is None:
            return
        standing = _tried(claimed.url)
        with transaction():
            link_checks.note(claimed, standing, now())


def _tried(url: str) -> Standing:
    try:
        return link_checks.of_status(status(url, configured()))
    except RequestError as failure:
        log.info("link.failed", reason=failure.reason.value)
        return link_checks.of_failure(failure.reason)
