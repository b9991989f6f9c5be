"""What the worker does for campaigns."""

from datetime import datetime, timedelta

from mailer.clock import now
from mailer.db import hint, transaction
from mailer.delivery import (
    automatic,
    campaigns,
    claims,
    enrolling,
    holding,
    ledger,
    pipeline,
    readership,
    recovery,
    redelivery,
    sequence_queries,
    subject_decisions,
)
from mailer.mail import relay
from mailer.newsletters import digest_runs

# The worker's other jobs, and its end, need not wait longer for a campaign.
TURN = timedelta(seconds=20)


def start_due() -> None:
    """Start the campaigns whose hour has come, each in its own transaction.

    Before, letters that have composed themselves become campaigns.
    """
    with transaction():
        waiting = digest_runs.waiting()
    for run_id in waiting:
        with transaction():
            automatic.schedule(run_id, now())
    with transaction():
        due = campaigns.due(now())
    for campaign_id in due:
        with transaction():
            pipeline.start(campaign_id, now())


def enrol_newcomers() -> None:
    """Promise the letters of series to whoever is due them, each series in its own transaction."""
    with transaction():
        running = sequence_queries.running()
    for sequence_id in running:
        with transaction():
            enrolling.enrol(sequence_id, now())


def send_batches() -> None:
    """Send what is due of every running campaign, a batch of each in turn."""
    recovery.recover()
    with transaction():
        campaigns.resume_waiting(now())
        may_send = claims.is_somebody_due(now())
    if may_send:
        pipeline.send(relay.transport(), now() + TURN)
    with transaction():
        pipeline.finish_done(now())
        _look_again(now())


def _look_again(at: datetime) -> None:
    """Have the next turn begin when somebody is due and nothing holds all campaigns back."""
    if later := claims.next_due():
        held = holding.now_held(at)
        hint(campaigns.SEND, at=max(later, held.until) if held else later)


def reconcile() -> None:
    """Repair what no hint tells of: leases of vanished workers, campaigns that stand still."""
    recovery.recover()
    for repair in (
        ledger.lose_expired,
        ledger.withhold_cancelled,
        redelivery.repeat_old,
        pipeline.finish_done,
    ):
        with transaction():
            repair(now())
    with transaction():
        hint(campaigns.START)
        hint(campaigns.SEND)


def decide_subjects() -> None:
    """Choose the subjects of the campaigns whose trial is over, each in its own transaction."""
    with transaction():
        waiting = subject_decisions.undecided(now())
    for campaign_id in waiting:
        with transaction():
            subject_decisions.decide(campaign_id, now())


def forget_measures() -> None:
    """Erase what was measured of those who refuse it now, whichever page they said it on."""
    with transaction():
        readership.forget_refused()
