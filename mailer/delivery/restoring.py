"""After a backup was put back, nothing leaves by itself: what was leaving may have left since."""

from datetime import datetime

from sqlalchemy import select

from mailer.db import db
from mailer.delivery import campaigns, rounds, sequence_queries
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.delivery.states import UNDER_WAY, CampaignState
from mailer.newsletters import digest_runs


def hold_all(actor: str, at: datetime) -> int:
    """Pause the campaigns that were leaving, stop those to come, pass over periods that passed.

    Says how many campaigns wait for a person now.
    """
    leaving = _in(*UNDER_WAY)
    for campaign in leaving:
        campaigns.pause(campaign.id, actor)
    to_come = _in(CampaignState.SCHEDULED)
    for campaign in to_come:
        campaigns.fail(campaign, Failure.RESTORED, "")
    for number in sequence_queries.running():
        rounds.pause(sequence_queries.locked(number), actor)
    digest_runs.pass_over(at)
    return len(leaving) + len(to_come)


def _in(*states: CampaignState) -> list[Campaign]:
    return list(db.session.scalars(select(Campaign).where(Campaign.state.in_(states))))
