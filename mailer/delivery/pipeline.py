"""From a letter to the mailboxes, in one direction.

campaigns.start      one letter, one list, one hour; what cannot be merged ends here
| audience.wanting   the active subscriptions that are sendable, not paused, not too soon
| ledger.freeze      one row per person, in one statement; twice adds nothing
| ledger.claim       a batch, asked again whether each may be written to; commit
| letter.envelopes   the mail of each person, as bytes
| transport.send     no session open; an outcome per person
| outcomes.judge     what each outcome means
| ledger.record      what became of the batch; commit
"""

from collections.abc import Iterator
from datetime import datetime

from structlog import get_logger

from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, consequences, ledger, messages, outcomes, pace
from mailer.delivery.batch import Batch
from mailer.delivery.consequences import Failure
from mailer.delivery.outcomes import Verdict
from mailer.delivery.states import CampaignState
from mailer.mail.transports import Transport

log = get_logger()


def start(campaign_id: int, at: datetime) -> None:
    """Freeze the audience and begin; a letter that cannot be merged fails before its first mail.

    A campaign that is not due, or that another worker has started, stays as it is.
    """
    campaign = campaigns.locked(campaign_id)
    if not campaigns.is_due(campaign, at):
        return
    if field := messages.unfillable(campaign):
        campaigns.fail(campaign, Failure.MERGE, field)
    else:
        messages.number_links(campaign)
        ledger.freeze(campaign, at)
        campaigns.start(campaign, at)


def stop(campaign_id: int, actor: str, at: datetime) -> None:
    """End a campaign that has begun: what is in flight lands, nothing else leaves."""
    campaigns.stop(campaign_id, actor, at)
    ledger.withhold_rest(campaign_id, at)


def batches(campaign_id: int, transport: Transport) -> Iterator[Batch]:
    """Send a batch at each step, until nobody is due or something holds the campaign up."""
    with transaction():
        letter = messages.prepare(campaigns.by_id(campaign_id))
    size = pace.FIRST_BATCH
    while batch := _claim(campaign_id, size):
        began = now()
        answers = dict(transport.send(letter.envelopes(batch.people, began)))
        _record(campaign_id, batch, outcomes.judge(batch, answers, now()))
        size = pace.next_batch(size, now() - began)
        yield batch


def _claim(campaign_id: int, size: int) -> Batch | None:
    with transaction():
        batch = ledger.claim(campaigns.by_id(campaign_id), size, now())
        if batch is None and ledger.is_done(campaign_id):
            campaigns.finish(campaigns.locked(campaign_id), now())
    return batch


def _record(campaign_id: int, batch: Batch, verdict: Verdict) -> None:
    at = now()
    with transaction():
        campaign = campaigns.locked(campaign_id)
        ledger.record(batch.owner, verdict.results, at)
        outcomes.suppress(verdict.dead, at)
        if verdict.fault:
            failure = consequences.failure_of(verdict.fault)
            campaigns.fail(campaign, failure, verdict.fault.status)
        elif verdict.relay_down:
            campaigns.wait(campaign, at)
        if campaign.state is CampaignState.CANCELLED:
            ledger.withhold_rest(campaign_id, at)
        log.info("campaign.batch", campaign=campaign_id, people=len(batch.people))
