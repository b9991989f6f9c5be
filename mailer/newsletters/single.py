"""An approved letter for one person, who agreed to its list or has a contract; to nobody else."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from flask import current_app
from sqlalchemy import Select, select

from mailer import addresses, links
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent.models import Reason
from mailer.consent.queries import suppressions
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import Conflict
from mailer.mail import headers, outbox, templates
from mailer.mail.headers import Pair
from mailer.mail.models import OutboxMessage
from mailer.mail.outbox import Claimed
from mailer.newsletters import approving, edition, queries
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import filled, joined_on
from mailer.newsletters.models import Issue
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.reach import reached
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
    if line is None or not _is_reached(line, at):
        raise NoConsent("consent")
    token = UNSUBSCRIBE.sign([line.id, ORIGIN])
    one_click = links.one_click(token)
    mailto = headers.mailto(current_app.config["SENDER_ADDRESS"], token)
    leaving = headers.unsubscribe_headers(one_click, mailto)
    row = _send(issue, address, _filled(issue, rendered, line, token), leaving, actor)
    row.subscription_id = line.id
    return row


def by_contract(issue: Issue, address: Address, reference: str, actor: str) -> OutboxMessage:
    """Send the letter under the contract of that reference, which the mail names.

    An objection to letters is none to it; what makes an address unusable is: Unreachable.
    """
    approving.verified(issue)
    if _unusable([fingerprint_of(address)]):
        raise Unreachable("suppressed")
    row = _send(issue, address, edition.for_contract(issue, reference), (), actor)
    # By it the mail is known again when it is claimed.
    row.origin = f"{Basis.CONTRACT}:{issue.id}"
    return row


def withheld(batch: Sequence[Claimed], at: datetime) -> set[int]:
    """Of those mails, the letters that their person may not be sent any more.

    They said no, asked for silence, or had their data set aside since it was put in the outbox.
    What answers them is no letter, and leaves: whoever is set aside is told so (GDPR art. 18(3)).
    """
    rests = {mail.subscription_id for mail in batch} - {None}
    still = set(db.session.scalars(_reached(at).where(Subscription.id.in_(rests))))
    by_subscription = {mail.id for mail in batch if mail.subscription_id in rests - still}
    contracts = {
        mail.id: fingerprint_of(addresses.parse(mail.message.recipient))
        for mail in batch
        if mail.origin.startswith(f"{Basis.CONTRACT}:")
    }
    unusable = _unusable(contracts.values())
    return by_subscription | {number for number, who in contracts.items() if who in unusable}


def _unusable(fingerprints: Collection[str]) -> set[str]:
    """Whom no contract may write to: an objection to letters is none to it."""
    found = suppressions(fingerprints).items()
    return {who for who, reason in found if reason is not Reason.OBJECTION}


def _is_reached(line: Subscription, at: datetime) -> bool:
    return bool(db.session.scalar(_reached(at).where(Subscription.id == line.id)))


def _reached(at: datetime) -> Select[int]:
    return select(Subscription.id).join(Subscription.subscriber).where(reached(at))


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


def _send(
    issue: Issue, address: Address, letter: Rendered, leaving: tuple[Pair, ...], actor: str
) -> OutboxMessage:
    message = templates.written(address.display, letter.subject, letter.text, letter.html)
    whole = replace(message, headers=(*message.headers, *leaving))
    row = outbox.put(whole, f"issue:{issue.id}")
    record(actor, "send-message", f"issue:{issue.id}", f"message:{row.id}")
    return row
