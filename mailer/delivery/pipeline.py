"""From a letter to the mailboxes, in one direction.

campaigns.start      one letter, one list, one hour; what may not leave so ends here
| audience.wanting   the active subscriptions that are sendable, not paused, not too soon
| ledger.freeze      one row per person, in one statement; twice adds nothing
| subject_decisions  with several subjects: some try them, the others wait for the choice
| sent_articles      which articles they have had with it
| claims.claim       a batch, asked again whether each may be written to; commit
| letter.envelopes   the mail of each person, as bytes, when it can leave
| transport.send     no session open; the journal has each mail before it leaves, and its answer
| outcomes.judge     what each answer means
| group.settle       what became of a group of mails, and what follows; commit
"""

from datetime import datetime
from pathlib import Path

from flask import current_app

from mailer.db import be_unhurried
from mailer.delivery import (
    approval,
    audience,
    campaigns,
    journal,
    ledger,
    messages,
    rounds,
    sequence_queries,
    subject_decisions,
)
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.delivery.states import OVER, CampaignState
from mailer.delivery.turn import Turn
from mailer.mail.transports import Transport
from mailer.newsletters import digest_queries, digest_runs, sent_articles


def start(campaign_id: int, at: datetime) -> None:
    """Freeze the audience and begin; a letter that may not leave so fails before its first mail.

    A campaign that is not due, or that another worker has started, stays as it is.
    """
    campaign = campaigns.locked(campaign_id)
    if not campaigns.is_due(campaign, at) or sequence_queries.held_by(campaign_id):
        return
    if found := approval.obstacle(campaign, at):
        campaigns.fail(campaign, *found)
    elif field := messages.unfillable(campaign):
        campaigns.fail(campaign, Failure.MERGE, field)
    else:
        messages.number_links(campaign)
        # Those of a series are added as they are due, and the letter is no news to the list.
        if not sequence_queries.is_round(campaign_id):
            _freeze(campaign, at)
        campaigns.start(campaign, at)


def _freeze(campaign: Campaign, at: datetime) -> None:
    """Fix who gets the letter, and note what they have had: which articles, in which letter."""
    be_unhurried()
    issue_id, list_id = campaign.issue_id, campaign.list_id
    readers = digest_queries.readership(issue_id)
    # What corrects a letter is news to a part of each frequency only.
    is_for_all = campaign.corrects is None
    served = audience.frequencies_served(list_id, at, readers) if is_for_all else []
    ledger.freeze(campaign, at)
    subject_decisions.begin(campaign, at)
    sent_articles.record(issue_id, list_id, served, at)
    digest_runs.frozen(issue_id, at)


def give_up(campaign_id: int, actor: str, at: datetime) -> None:
    """Have nothing more leave, whether it has begun or not; what is over stays as it is.

    Who presses "cancel" a second after the hold means it all the more.
    """
    campaign = campaigns.locked(campaign_id)
    if campaign.state is CampaignState.SCHEDULED:
        campaigns.cancel(campaign_id, actor, at)
        # Those who waited for the second time that it was to leave.
        ledger.withhold_rest(campaign_id, at)
    elif campaign.state not in OVER:
        stop(campaign_id, actor, at)


def stop(campaign_id: int, actor: str, at: datetime) -> None:
    """End a campaign that has begun: what is in flight lands, nothing else leaves."""
    campaigns.stop(campaign_id, actor, at)
    ledger.withhold_rest(campaign_id, at)


def send(carrier: Transport, ends_at: datetime) -> None:
    """Send what is due of every running campaign, until nobody is due or that instant has come.

    The journal stays behind when something breaks, for recovery to read.
    """
    with journal.opened(Path(current_app.config["DATA_FOLDER"])) as log:
        turn = Turn(log, ends_at)
        for answers in carrier.send(turn.envelopes(), turn):
            turn.take(answers)
        turn.end()


def finish_done(at: datetime) -> None:
    """End the campaigns of which nobody is left to write to."""
    for campaign_id in campaigns.running():
        # Whoever queues somebody once more holds the campaign meanwhile: it is asked after that.
        campaign = campaigns.locked(campaign_id)
        if not ledger.is_done(campaign_id):
            continue
        if sequence_queries.is_round(campaign_id):
            rounds.rest(campaign, at)
        else:
            campaigns.finish(campaign, at)
