"""The mails to the people who work at the desk."""

from mailer import links, rulebook
from mailer.accounts.models import Account, Invitation
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.tokens import INVITE


def invitation(invited: Invitation, by: str) -> Message:
    """Who invites, what the desk is, and the link to choose a passphrase."""
    token = INVITE.sign([invited.id, invited.sendings])
    days = rulebook.load().figures.invitation_days.value
    return templates.render(
        "accounts/invitation",
        invited.email,
        invited.language,
        who=invited.name,
        by=by,
        days=days,
        link=links.invitation(token),
    )


def passphrase_link(account: Account, token: str) -> Message:
    """The link that replaces a forgotten passphrase."""
    minutes = rulebook.load().figures.passphrase_link_minutes.value
    return templates.render(
        "accounts/passphrase_link",
        account.email,
        account.language,
        minutes=minutes,
        link=links.new_passphrase(token),
    )


def no_account(recipient: str, language: str) -> Message:
    """Somebody asked for that link, and the address has no account."""
    return templates.render("accounts/no_account", recipient, language)


def passphrase_changed(account: Account) -> Message:
    """It was changed, all sessions ended, and what to do when it was somebody else."""
    return templates.render(
        "accounts/passphrase_changed",
        account.email,
        account.language,
        who=account.name,
        link=links.forgotten_passphrase(),
    )


def roles_changed(account: Account, roles: str) -> Message:
    """The roles that the person holds from now on, in one text."""
    return templates.render(
        "accounts/roles_changed",
        account.email,
        account.language,
        who=account.name,
        roles=roles,
        link=links.sign_in(),
    )


def closed(account: Account) -> Message:
    """The account is closed, and to whom to write when that is a mistake."""
    return templates.render("accounts/closed", account.email, account.language, who=account.name)
