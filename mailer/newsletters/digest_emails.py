"""The mail that says that an automatic letter waits for a person."""

from mailer import links
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.newsletters.digest_models import DigestRun
from mailer.newsletters.digest_words import WHY
from mailer.newsletters.models import Issue
from mailer.web.language import LANGUAGES


def draft_waits(
    run: DigestRun, issue: Issue, recipient: str, language: str = LANGUAGES[0]
) -> Message:
    """To who set it up: the letter is a draft, why, and where it is."""
    return templates.render(
        "newsletters/draft_waits",
        recipient,
        language,
        series=issue.newsletter.name,
        letter=issue,
        count=run.articles,
        why=WHY[run.why] if run.why else "",
        url=links.absolute(f"/bureau/lettres/{issue.id}"),
        all_url=links.absolute(f"/bureau/envois-automatiques/{run.digest_id}"),
    )
