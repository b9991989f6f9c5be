"""A letter becomes the mail of one person: constant parts are made once, and joined as bytes."""

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from flask import current_app

from mailer import links, tokens
from mailer.clock import PARIS
from mailer.db import db
from mailer.delivery.batch import Claimed
from mailer.delivery.models import Campaign
from mailer.mail import headers, message, templates, verp
from mailer.mail.headers import Pair
from mailer.mail.transports import Envelope
from mailer.newsletters import queries as newsletters
from mailer.newsletters.fields import unknown
from mailer.newsletters.merge import Compiled, compile_letter
from mailer.subscriptions.models import MailingList

# The fields that everyone has a value for; any other needs a default in the letter.
GIVEN = frozenset({"unsubscribe_url", "web_url"})

# Feedback-ID: the sender's own part has 5 to 15 characters.
FEWEST, MOST = 5, 15


@dataclass(frozen=True)
class Letter:
    """What is the same in every mail of a campaign."""

    campaign_id: int
    salt: bytes
    compiled: Compiled
    common: tuple[Pair, ...]
    web_url: str

    def envelopes(self, people: Iterable[Claimed], at: datetime) -> Iterator[Envelope]:
        """The mail of each person, built when it can leave."""
        dated = (*self.common, ("Date", format_datetime(at.astimezone(PARIS))))
        for person in people:
            path = verp.return_path(person.delivery_id)
            yield Envelope(person.delivery_id, path, person.address, self._content(person, dated))

    def _content(self, person: Claimed, dated: tuple[Pair, ...]) -> bytes:
        origin = f"delivery:{person.delivery_id}"
        token = tokens.UNSUBSCRIBE.sign([person.subscription_id, origin])
        values = {"unsubscribe_url": links.unsubscription(token), "web_url": self.web_url}
        own: tuple[Pair, ...] = (
            ("To", person.address),
            ("Message-ID", self._message_id(person.delivery_id)),
            *headers.unsubscribe_headers(links.one_click(token), headers.mailto(_owner(), token)),
        )
        shared = _serialised((*dated, ("Subject", self.compiled.subject_for(values))))
        return shared + headers.serialise(own) + b"\r\n" + self.compiled.fill(values)

    def _message_id(self, delivery_id: int) -> str:
        """The same at every attempt, so that what arrives twice can be recognised."""
        random = hmac.digest(self.salt, str(delivery_id).encode(), "sha256").hex()[:16]
        return f"<c{self.campaign_id}.r{delivery_id}.{random}@{_domain()}>"


# The date of a batch, and subjects, of which there are few: most people's are the same bytes.
_serialised = lru_cache(maxsize=1000)(headers.serialise)


def prepare(campaign: Campaign) -> Letter:
    """The letter of the campaign, compiled; unfillable() has said that it can be."""
    compiled = compile_letter(newsletters.letter(campaign.issue_id).rendered)
    receivers = db.session.get_one(MailingList, campaign.list_id)
    common: tuple[Pair, ...] = (
        ("From", templates.sender()),
        *headers.identity_headers(_described(receivers)),
        *headers.bulk_headers(),
        ("Feedback-ID", f"{campaign.id}:{receivers.slug}:lettre:{_sender_id()}"),
        *message.mime_fields(compiled.content_type),
    )
    return Letter(
        campaign_id=campaign.id,
        salt=campaign.salt.encode(),
        compiled=compiled,
        common=common,
        web_url=newsletters.web_url(campaign.issue_id),
    )


def unfillable(campaign: Campaign) -> str | None:
    """The name of a field that not everyone has a value for; None when the letter can leave."""
    rendered = newsletters.letter(campaign.issue_id).rendered
    for text in (rendered.subject, rendered.html, rendered.text):
        if names := unknown(text):
            return names[0]
    return min(compile_letter(rendered).required - GIVEN, default=None)


def _described(receivers: MailingList) -> headers.MailingList:
    return headers.MailingList(
        identity=f"{receivers.slug}.{_domain()}",
        name=receivers.name,
        owner=_owner(),
        help_url=links.home(),
    )


def _owner() -> str:
    address: str = current_app.config["SENDER_ADDRESS"]
    return address


def _domain() -> str:
    return _owner().rpartition("@")[2]


def _sender_id() -> str:
    return re.sub(r"[^A-Za-z0-9]", "-", _domain())[:MOST].ljust(FEWEST, "-")
