"""The mails that tell staff what came back."""

from mailer import links
from mailer.delivery.models import Campaign
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.newsletters import queries as newsletters

STAFFS_LANGUAGE = "fr"


def refused(recipient: str, campaign: Campaign, status: str) -> Message:
    """Servers refuse the letter because of who sends it: what to look at, and where."""
    return templates.render(
        "bounces/refused",
        recipient,
        STAFFS_LANGUAGE,
        letter=newsletters.issue(campaign.issue_id).subject,
        status=status,
        page=links.absolute(f"/bureau/envois/{campaign.id}"),
    )
