"""A letter becomes the mail of one person: constant parts are made once, and joined as bytes."""

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links, tokens
from mailer.clock import PARIS, paris_day
from mailer.consent.tracking import Answers, Mode
from mailer.db import db
from mailer.delivery import measuring
from mailer.delivery.batch import Claimed
from mailer.delivery.models import Campaign
from mailer.delivery.tracking import EVERY_ANSWER, EXIT, TOKEN, Gate, Marks, versions
from mailer.mail import headers, message, templates, verp
from mailer.mail.headers import Pair
from mailer.mail.transports import Envelope
from mailer.newsletters import queries as newsletters
from mailer.newsletters.fields import GIVEN, joined_on, unknown
from mailer.newsletters.merge import Compiled, compile_letter
from mailer.subscriptions.models import MailingList

# Feedback-ID: the sender's own part has 5 to 15 characters.
FEWEST, MOST = 5, 15


@dataclass(frozen=True)
class Body:
    """The letter measured in one way, and the headers that go with it."""

    compiled: Compiled
    common: tuple[Pair, ...]


@dataclass(frozen=True)
class Letter:
    """What is the same in every mail of a campaign; its body goes by what a person answered."""

    campaign_id: int
    salt: bytes
    bodies: Mapping[Answers, Body]
    is_measured: bool
    web_url: str
    language: str

    def envelopes(self, people: Iterable[Claimed], at: datetime) -> Iterator[Envelope]:
        """The mail of each person, built when it can leave."""
        dated = ("Date", format_datetime(at.astimezone(PARIS)))
        for person in people:
            path = verp.return_path(person.delivery_id)
            content = self._content(person, dated)
            yield Envelope(person.delivery_id, path, person.address, content, person.relay)

    def _content(self, person: Claimed, dated: Pair) -> bytes:
        body = self.bodies[person.answers]
        origin = f"delivery:{person.delivery_id}"
        token = tokens.UNSUBSCRIBE.sign([person.subscription_id, origin])
        values = {
            "unsubscribe_url": links.unsubscription(token),
            "web_url": self.web_url,
            "why_url": links.why(token),
            "manage_url": links.manage_from(token),
            "joined_on": joined_on(paris_day(person.joined_at), self.language),
        }
        if self.is_measured:
            values[EXIT.name] = links.tracking(token)
            values[TOKEN.name] = tokens.MEASURE.sign(f"d{person.delivery_id}")
        own: tuple[Pair, ...] = (
            ("To", person.address),
            ("Message-ID", self._message_id(person.delivery_id)),
            *headers.unsubscribe_headers(links.one_click(token), headers.mailto(_owner(), token)),
        )
        subject = ("Subject", body.compiled.subject_for(values))
        shared = _serialised((*body.common, dated, subject))
        return shared + headers.serialise(own) + b"\r\n" + body.compiled.fill(values)

    def _message_id(self, delivery_id: int) -> str:
        """The same at every attempt, so that what arrives twice can be recognised."""
        random = hmac.digest(self.salt, str(delivery_id).encode(), "sha256").hex()[:16]
        return f"<c{self.campaign_id}.r{delivery_id}.{random}@{_domain()}>"


# The date of a batch, and subjects, of which there are few: most people's are the same bytes.
_serialised = lru_cache(maxsize=1000)(headers.serialise)


def prepare(campaign: Campaign) -> Letter:
    """The letter of the campaign, compiled; unfillable() has said that it can be."""
    gate = measuring.gate_of(campaign)
    rendered = newsletters.letter(campaign.issue_id).rendered
    bodies = {
        way: _body(campaign, compile_letter(version))
        for way, version in versions(rendered, gate, _marks(campaign, gate))
    }
    return Letter(
        campaign_id=campaign.id,
        salt=campaign.salt.encode(),
        bodies={answers: bodies[gate.of(answers)] for answers in EVERY_ANSWER},
        is_measured=not gate.is_shut,
        web_url=newsletters.web_url(campaign.issue_id),
        language=newsletters.issue(campaign.issue_id).language,
    )


def _marks(campaign: Campaign, gate: Gate) -> Marks:
    """All of a campaign share one address for the hits, unless each has agreed to one of their own.

    The exit speaks the language of the letter.
    """
    is_shared = gate.ceiling is Mode.AGGREGATE
    token = tokens.MEASURE.sign(f"c{campaign.id}") if is_shared else TOKEN.mark()
    with force_locale(newsletters.issue(campaign.issue_id).language):
        return Marks(
            base=links.measure(token),
            positions=measuring.link_positions(campaign.id),
            leave=_("Suivi : désactiver"),
            has_left=_("Suivi : désactivé"),
        )


def _body(campaign: Campaign, compiled: Compiled) -> Body:
    receivers = db.session.get_one(MailingList, campaign.list_id)
    common: tuple[Pair, ...] = (
        ("From", templates.sender()),
        *headers.identity_headers(_described(receivers)),
        *headers.bulk_headers(),
        ("Feedback-ID", f"{campaign.id}:{receivers.slug}:lettre:{_sender_id()}"),
        *message.mime_fields(compiled.content_type),
    )
    return Body(compiled, common)


def number_links(campaign: Campaign) -> None:
    """Keep where the links lead, if somebody may be measured: a hit goes nowhere else."""
    measuring.keep_links(campaign, newsletters.letter(campaign.issue_id).rendered.html)


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
