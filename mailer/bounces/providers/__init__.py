"""The sending services that tell what became of a mail, each with its own words."""

from collections.abc import Callable, Mapping

from mailer.bounces.providers import (
    brevo,
    mailgun,
    mailjet,
    postmark,
    sendgrid,
    ses,
    sparkpost,
)
from mailer.bounces.providers.told import Posted, Told

# By the name that settings and addresses have.
PROVIDERS: Mapping[str, Callable[[Posted], tuple[Told, ...]]] = {
    "ses": ses.events,
    "sendgrid": sendgrid.events,
    "mailgun": mailgun.events,
    "postmark": postmark.events,
    "brevo": brevo.events,
    "mailjet": mailjet.events,
    "sparkpost": sparkpost.events,
}
