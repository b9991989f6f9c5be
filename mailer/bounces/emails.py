"""The mails that tell staff what came back."""

from dataclasses import replace

from mailer import links
from mailer.bounces.answers import Answer
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
        letter=newsletters.issue_anywhere(campaign.issue_id).subject,
        status=status,
        page=links.absolute(f"/bureau/envois/{campaign.id}"),
    )


def reply(
    recipient: str, campaign: Campaign | None, found: Answer, language: str = STAFFS_LANGUAGE
) -> Message:
    """What a person answered; who answers this mail writes to them."""
    message = templates.render(
        "bounces/reply",
        recipient,
        language,
        letter=newsletters.issue_anywhere(campaign.issue_id).subject if campaign else "",
        answer=found,
    )
    return replace(message, headers=(*message.headers, ("Reply-To", found.sender)))
