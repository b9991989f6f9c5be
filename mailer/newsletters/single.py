"""An approved letter for one person, who agreed to its list or has a contract; to nobody else."""

import secrets
from datetime import datetime
from enum import StrEnum

from flask import current_app

from mailer import links
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent.models import Reason
from mailer.consent.queries import suppression_of
from mailer.consent.subjects import fingerprint_of
from mailer.errors import Conflict
from mailer.mail import headers, outbox, templates
from mailer.mail.headers import Pair
from mailer.mail.message import Message
from mailer.mail.models import OutboxMessage
from mailer.newsletters import approving, edition, queries
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import filled, joined_on
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State
from mailer.tokens import UNSUBSCRIBE

# How a departure by the link of such a mail is remembered.
ORIGIN = "message"


class Basis(StrEnum):
    """On what a mail to one person may rest here (GDPR art. 6(1)(a) and (b))."""

    CONSENT = "consent"
    CONTRACT = "contract"


class NoConsent(Conflict):
    """The person does not receive the list of the letter, or asked for no more mail."""


class Unreachable(Conflict):
    """Mail for the address came back, a complaint came, or the person's data are set aside."""


def by_consent(issue: Issue, address: Address, actor: str, at: datetime) -> OutboxMessage:
    """Send the letter to somebody who receives its list; raises NoConsent for anybody else.

    Raises Conflict for a letter that is not what was approved.
    """
    rendered = approving.verified(issue).rendered
    line = subscriptions.of_address(address).get(issue.newsletter.list_id)
    is_in = line is not None and line.state is State.ACTIVE
    if line is None or not is_in or suppression_of(fingerprint_of(address)):
        raise NoConsent("consent")
    token = UNSUBSCRIBE.sign([line.id, ORIGIN])
    one_click = links.one_click(token)
    mailto = headers.mailto(current_app.config["SENDER_ADDRESS"], token)
    leaving = headers.unsubscribe_headers(one_click, mailto)
    return _send(issue, address, _filled(issue, rendered, line, token), leaving, actor, at)


def by_contract(
    issue: Issue, address: Address, reference: str, actor: str, at: datetime
) -> OutboxMessage:
    """Send the letter under the contract of that reference, which the mail names.

    An objection to letters is none to it; what makes an address unusable is: Unreachable.
    """
    approving.verified(issue)
    if suppression_of(fingerprint_of(address)) not in {None, Reason.OBJECTION}:
        raise Unreachable("suppressed")
    return _send(issue, address, edition.for_contract(issue, reference), (), actor, at)


def _filled(issue: Issue, rendered: Rendered, line: Subscription, token: str) -> Rendered:
    since = paris_day(line.confirmed_at or line.requested_at)
    values = {
        "joined_on": joined_on(since, issue.language),
        "unsubscribe_url": links.unsubscription(token),
        "manage_url": links.manage_from(token),
        "why_url": links.why(token),
        "web_url": queries.web_url(issue.id),
    }
    return filled(rendered, values)


def _send(  # noqa: PLR0913, PLR0917 - one mail has that many parts
    issue: Issue,
    address: Address,
    letter: Rendered,
    leaving: tuple[Pair, ...],
    actor: str,
    at: datetime,
) -> OutboxMessage:
    domain = current_app.config["SENDER_ADDRESS"].rpartition("@")[2]
    message = Message(
        sender=templates.sender(),
        recipient=address.display,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=f"<{secrets.token_hex(16)}@{domain}>",
        date=at,
        return_path=f"rebond@{current_app.config['RETURN_PATH_DOMAIN']}",
        headers=(*headers.auto_headers(), *leaving),
    )
    row = outbox.put(message, f"issue:{issue.id}")
    record(actor, "send-message", f"issue:{issue.id}", f"message:{row.id}")
    return row
