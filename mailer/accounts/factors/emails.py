"""The mail that tells somebody that their factors changed (OWASP ASVS 5.0, 6.3.7)."""

from mailer import links
from mailer.accounts.factors.changes import SENTENCES, Change
from mailer.accounts.models import Account
from mailer.mail import templates
from mailer.mail.message import Message


def changed(account: Account, change: Change) -> Message:
    """What changed, and what to do when it was somebody else."""
    return templates.render(
        "accounts/factors_changed",
        account.email,
        account.language,
        sentence=SENTENCES[change],
        page=links.absolute("/bureau/compte/securite"),
    )
