"""The mail that shows a letter to who writes it."""

from mailer.mail import templates
from mailer.mail.message import Message
from mailer.newsletters import edition
from mailer.newsletters.models import Issue


def trial(issue: Issue, recipient: str) -> Message:
    """The letter as it stands, as a made-up person would get it."""
    letter = edition.sample(issue)
    return templates.render("newsletters/trial", recipient, issue.language, letter=letter)
