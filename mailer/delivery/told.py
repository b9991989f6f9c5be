"""What other programs are told of a campaign, as it moves."""

from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignEvent
from mailer.events import Kind, happened

TOLD = {
    CampaignEvent.START: Kind.CAMPAIGN_STARTED,
    CampaignEvent.FAIL: Kind.CAMPAIGN_FAILED,
    CampaignEvent.FINISH: Kind.CAMPAIGN_FINISHED,
    CampaignEvent.CANCEL: Kind.CAMPAIGN_STOPPED,
    CampaignEvent.STOP: Kind.CAMPAIGN_STOPPED,
}


def tell(campaign: Campaign, event: CampaignEvent) -> None:
    """Tell who listens, when the move is one that a program may wait for."""
    if kind := TOLD.get(event):
        happened(kind, campaign_id=campaign.id, letter_id=campaign.issue_id)
