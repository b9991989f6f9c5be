"""The mail that tells somebody that their factors changed (OWASP ASVS 5.0, 6.3.7)."""

from mailer import links
from mailer.accounts.factors.changes import SENTENCES, Change
from mailer.mail import templates
from mailer.mail.message import Message

# No account says which language its owner reads.
STAFFS_LANGUAGE = "fr"


def changed(email: str, change: Change, language: str = STAFFS_LANGUAGE) -> Message:
    """What changed, and what to do when it was somebody else."""
    return templates.render(
        "accounts/factors_changed",
        email,
        language,
        sentence=SENTENCES[change],
        page=links.absolute("/bureau/compte/securite"),
    )
