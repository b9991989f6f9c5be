"""The mail that says that an endpoint is told nothing any more."""

from urllib.parse import urlsplit

from mailer import links
from mailer.accounts.models import Account
from mailer.mail import templates
from mailer.mail.message import Message
from mailer.webhooks.models import Endpoint


def disabled(row: Endpoint, person: Account) -> Message:
    """Which site did not answer for days, and where it is switched on again."""
    return templates.render(
        "webhooks/disabled",
        person.email,
        person.language,
        site=urlsplit(row.url).hostname or row.url,
        link=links.absolute(f"/bureau/webhooks/{row.id}"),
    )
