"""What the worker does for campaigns."""

from collections import deque
from datetime import timedelta

from mailer.clock import now
from mailer.db import hint, transaction
from mailer.delivery import campaigns, ledger, pipeline, readership
from mailer.mail import relay

# The worker's other jobs, and its end, need not wait longer for a campaign.
TURN = timedelta(seconds=20)


def start_due() -> None:
    """Start the campaigns whose hour has come, each in its own transaction."""
    with transaction():
        due = campaigns.due(now())
    for campaign_id in due:
        with transaction():
            pipeline.start(campaign_id, now())


def send_batches() -> None:
    """Send what is due of every running campaign, a batch of each in turn."""
    with transaction():
        ledger.lose_expired(now())
        campaigns.resume_waiting(now())
        running = campaigns.running()
    turn_ends = now() + TURN
    under_way = deque(pipeline.batches(number, relay.transport()) for number in running)
    while under_way and now() < turn_ends:
        campaign = under_way.popleft()
        if next(campaign, None):
            under_way.append(campaign)
    if under_way:
        with transaction():
            hint(campaigns.SEND)


def forget_measures() -> None:
    """Erase what was measured of those who refuse it now, whichever page they said it on."""
    with transaction():
        readership.forget_refused()
