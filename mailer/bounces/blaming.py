"""When servers refuse our letters because of us: the campaign halts, staff are told the cure."""

from mailer.accounts import queries as accounts
from mailer.accounts.roles import Role
from mailer.audit import operations as audit
from mailer.audit.queries import history_of
from mailer.bounces import emails, history
from mailer.bounces.fates import LEFT
from mailer.delivery import campaigns, patience, reports
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.mail import outbox

WORKER = "job:settle-returns"
TOLD = "returns.told"


def weigh(campaign_id: int, status: str) -> None:
    """Halt the campaign and tell who sends, once so many are refused that it must be us."""
    left = reports.counts([campaign_id])[campaign_id].of(*LEFT)
    if not patience.is_our_fault(history.refused_for_us(campaign_id), left):
        return
    campaign = campaigns.locked(campaign_id)
    campaigns.fail(campaign, Failure.POLICY, status or "5.7.0")
    if not any(entry.verb == TOLD for entry in history_of(f"campaign:{campaign_id}")):
        _tell(campaign, status)


def _tell(campaign: Campaign, status: str) -> None:
    """Write to whoever decided on the campaign, and to all who send."""
    audit.record(WORKER, TOLD, f"campaign:{campaign.id}")
    creator = accounts.by_id(campaign.created_by)
    people = {each.id: each for each in accounts.holders(Role.SENDER)}
    if creator:
        people[creator.id] = creator
    for account in people.values():
        message = emails.refused(account.email, campaign, status)
        outbox.put(message, origin=f"campaign:{campaign.id}")
