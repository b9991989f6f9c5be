"""The mails that show a letter to who writes it, and ask for its approval."""

from mailer import links
from mailer.accounts import queries as accounts
from mailer.accounts.models import Account
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.newsletters import edition
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as subscriptions


def trial(issue: Issue, recipient: str) -> Message:
    """The letter as it stands, as a made-up person would get it."""
    letter = edition.sample(issue)
    return templates.render("newsletters/trial", recipient, issue.language, letter=letter)


def approval(issue: Issue, colleague: Account, actor: str) -> Message:
    """Who asks a colleague to approve which letter, for how many readers, and where it is read."""
    return templates.render(
        "newsletters/approval",
        colleague.email,
        issue.language,
        title=issue.subject,
        series=issue.newsletter.name,
        readers=subscriptions.active(issue.newsletter.list_id),
        asked_by=accounts.names_of([actor]).get(actor, ""),
        link=links.absolute(f"/bureau/lettres/{issue.id}/verification"),
    )
