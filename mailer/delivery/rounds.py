"""The campaigns of series: they rest when nobody is due, take people in, and stand still.

Neither the record nor other programs are told of each rest: it would come with each newcomer.
"""

from datetime import datetime

from mailer.audit import operations as audit
from mailer.db import db, hint
from mailer.delivery import campaigns, ledger
from mailer.delivery.models import Campaign
from mailer.delivery.sequence_models import Sequence
from mailer.delivery.sequence_rules import LATEST, SEQUENCE, SequenceEvent
from mailer.delivery.states import CAMPAIGN, UNDER_WAY, CampaignEvent, CampaignState, after

TAKES_IN = UNDER_WAY | {CampaignState.FINISHED}


def take_in(campaign: Campaign) -> None:
    """Go on for those who were just added."""
    if campaign.state is CampaignState.FINISHED:
        campaign.state = after(CAMPAIGN, campaign.state, CampaignEvent.TAKE_IN)
        campaign.ended_at = None
    hint(campaigns.SEND)


def rest(campaign: Campaign, at: datetime) -> None:
    """Nobody is due for now; what another worker ended meanwhile stays as it is."""
    if campaign.state is CampaignState.RUNNING:
        campaign.state = after(CAMPAIGN, campaign.state, CampaignEvent.FINISH)
        campaign.ended_at = at


def pause(sequence: Sequence, actor: str) -> None:
    """Let nobody in, and nothing more leave, until somebody starts it again."""
    sequence.state = after(SEQUENCE, sequence.state, SequenceEvent.PAUSE)
    for campaign in opened(sequence):
        if campaign.state in UNDER_WAY:
            campaigns.pause(campaign.id, actor)
    audit.record(actor, "pause", f"sequence:{sequence.id}")
    db.session.flush()


def resume(sequence: Sequence, actor: str, at: datetime) -> None:
    """Let what the pause held back leave, but what has become no news."""
    for campaign in opened(sequence):
        if campaign.state is CampaignState.PAUSED:
            campaigns.resume(campaign.id, actor)
            ledger.withhold_late(campaign.id, at - LATEST, at)


def opened(sequence: Sequence) -> list[Campaign]:
    """Every campaign of the series, the oldest of each letter first."""
    return [each.campaign for step in sequence.steps for each in step.rounds]
