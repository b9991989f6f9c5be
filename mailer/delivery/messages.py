"""A letter becomes the mail of one person: constant parts are made once, and joined as bytes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from hashlib import blake2b

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from mailer import links, tokens
from mailer.clock import PARIS, paris_day
from mailer.consent.tracking import Answers, Mode
from mailer.db import db
from mailer.delivery import echoes, heads, measuring, subjects, utm
from mailer.delivery.batch import Claimed
from mailer.delivery.heads import OwnHead
from mailer.delivery.models import Campaign
from mailer.delivery.tracking import EVERY_ANSWER, EXIT, TOKEN, Gate, Marks, versions
from mailer.delivery.utm import Utm
from mailer.mail import headers, message, templates, verp
from mailer.mail.headers import Pair
from mailer.mail.transports import Envelope
from mailer.newsletters import queries as newsletters
from mailer.newsletters.content import Rendered
from mailer.newsletters.fields import GIVEN, MergeField, addressed, joined_on, unknown
from mailer.newsletters.merge import Compiled, compile_letter
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency

# Feedback-ID: the sender's own part has 5 to 15 characters.
FEWEST, MOST = 5, 15


# What ends every address of a person's own: the proof of whose mail it is.
LEAVE = MergeField("leave", None)
# What it says: the subscription, and the mail that leads to its end.
PAYLOAD = b'[%d,"delivery:%d"]'


@dataclass(frozen=True)
class Body:
    """The letter measured in one way, below the fields that are everybody's."""

    compiled: Compiled
    head: bytes
    is_measured: bool
    is_dated: bool

    def of(self, values: Mapping[str, str], own: bytes, dated: bytes) -> bytes:
        """The whole mail of one person."""
        subject = _subject(self.compiled.subject_for(values))
        return b"".join((self.head, dated, subject, own, *self.compiled.filled(values)))


@lru_cache(maxsize=1000)
def _subject(text: str) -> bytes:
    return headers.serialise([("Subject", text)])


@dataclass(frozen=True)
class Letter:
    """What is the same in every mail of a campaign; its body goes by what a person answered."""

    salt: bytes
    bodies: Mapping[Answers, Body]
    # Of those, by language and frequency, who are shown other blocks.
    versions: Mapping[tuple[str, Frequency], Mapping[Answers, Body]]
    own: OwnHead
    language: str
    # The same letter under each of the subjects that the campaign tries; most try none.
    tried: Mapping[int, "Letter"] = field(default_factory=dict)

    def envelopes(self, people: Iterable[Claimed], at: datetime) -> Iterator[Envelope]:
        """The mail of each person, built when it is asked for."""
        return map(self.writer(at), people)

    def writer(self, at: datetime) -> Callable[[Claimed], Envelope]:
        """Builds the mail of a person; it raises Invalid for one that no mail can be written to."""
        if self.tried:
            return self._by_subject(at)
        dated = headers.serialise([("Date", format_datetime(at.astimezone(PARIS)))])
        sign, measure = tokens.UNSUBSCRIBE.signer().sign, tokens.MEASURE.sealer()
        path, usual, versions = verp.return_paths(), self.bodies, self.versions

        def write(person: Claimed) -> Envelope:
            number = person.delivery_id
            bodies = versions.get((person.language, person.frequency), usual)
            body = bodies[person.answers]
            token = sign(PAYLOAD % (person.subscription_id, number))
            values = {LEAVE.name: token.decode()}
            if body.is_dated:
                values["joined_on"] = joined_on(paris_day(person.joined_at), self.language)
            if body.is_measured:
                values[TOKEN.name] = measure(f"d{number}")
            own = self.own.of(person.address, reference(self.salt, number), token)
            content = body.of(values, own, dated)
            return Envelope(number, path(number), person.address, content, person.relay, True)

        return write

    def _by_subject(self, at: datetime) -> Callable[[Claimed], Envelope]:
        writers: dict[int | None, Callable[[Claimed], Envelope]] = {
            position: letter.writer(at) for position, letter in self.tried.items()
        }
        return lambda person: writers[person.variant](person)


def reference(salt: bytes, delivery_id: int) -> bytes:
    """What the Message-ID says of the delivery: the same at every attempt, and nobody's to make.

    What arrives twice can be recognised, and what comes back can be believed.
    """
    number = b"%d" % delivery_id
    random = blake2b(number, key=salt, digest_size=8).hexdigest()
    return b"%b.%b" % (number, random.encode())


def prepare(campaign: Campaign) -> Letter:
    """The letter of the campaign, compiled; unfillable() has said that it can be."""
    letter = newsletters.letter(campaign.issue_id).rendered
    tried = subjects.marked(campaign.id)
    return replace(
        _prepared(campaign, letter.subject),
        tried={position: _prepared(campaign, subject) for position, subject in tried.items()},
    )


def _prepared(campaign: Campaign, subject: str) -> Letter:
    letter = replace(newsletters.letter(campaign.issue_id).rendered, subject=subject)
    rendered = _told(campaign, letter)
    others = newsletters.versions(campaign.issue_id)
    named = f"c{campaign.id}.r{heads.REFERENCE}"
    echoed = echoes.fields(current_app.config["BOUNCE_WEBHOOKS"], named)
    one_click, mailto = links.one_click(heads.TOKEN), headers.mailto(_owner(), heads.TOKEN)
    return Letter(
        salt=campaign.salt.encode(),
        bodies=_bodies(campaign, rendered),
        versions={
            reader: _bodies(campaign, _told(campaign, replace(version, subject=subject)))
            for reader, version in others.items()
        },
        own=heads.own_head(
            f"<{named}@{_domain()}>",
            headers.unsubscribe_headers(one_click, mailto),
            echoed,
        ),
        language=newsletters.issue_anywhere(campaign.issue_id).language,
    )


def _bodies(campaign: Campaign, rendered: Rendered) -> dict[Answers, Body]:
    gate = measuring.gate_of(campaign)
    bodies = {
        way: _body(campaign, compile_letter(_addressed(campaign, version)))
        for way, version in versions(rendered, gate, _marks(campaign, gate))
    }
    return {answers: bodies[gate.of(answers)] for answers in EVERY_ANSWER}


def _addressed(campaign: Campaign, letter: Rendered) -> Rendered:
    """The letter with its addresses, of which only the end differs from person to person."""
    token = LEAVE.mark()
    return addressed(
        letter,
        {
            "unsubscribe_url": links.unsubscription(token),
            "web_url": newsletters.web_url(campaign.issue_id),
            "why_url": links.why(token),
            "manage_url": links.manage_from(token),
            EXIT.name: links.tracking(token),
        },
    )


def _marks(campaign: Campaign, gate: Gate) -> Marks:
    """All of a campaign share one address for the hits, unless each has agreed to one of their own.

    The exit speaks the language of the letter.
    """
    is_shared = gate.ceiling is Mode.AGGREGATE
    token = tokens.MEASURE.sign(f"c{campaign.id}") if is_shared else TOKEN.mark()
    with force_locale(newsletters.issue_anywhere(campaign.issue_id).language):
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
    names = {field.name for field in compiled.fields}
    return Body(
        compiled,
        head=headers.serialise(common),
        is_measured=TOKEN.name in names,
        is_dated="joined_on" in names,
    )


def number_links(campaign: Campaign) -> None:
    """Keep where the links lead, if somebody may be measured: a hit goes nowhere else."""
    measuring.keep_links(campaign, "".join(each.html for each in _everything(campaign)))


def unfillable(campaign: Campaign) -> str | None:
    """The name of a field that not everyone has a value for; None when the letter can leave."""
    letters = _everything(campaign)
    for rendered in letters:
        for text in (rendered.subject, rendered.html, rendered.text):
            if names := unknown(text):
                return names[0]
    required = frozenset[str]().union(*(compile_letter(each).required for each in letters))
    return min(required - GIVEN, default=None)


def _everything(campaign: Campaign) -> list[Rendered]:
    """All that may leave: the letter, its versions, and the subjects that are tried."""
    main = newsletters.letter(campaign.issue_id).rendered
    tried = [replace(main, subject=each) for each in subjects.marked(campaign.id).values()]
    drawn = [main, *newsletters.versions(campaign.issue_id).values(), *tried]
    return [_told(campaign, each) for each in drawn]


def _told(campaign: Campaign, letter: Rendered) -> Rendered:
    """The letter whose links say where their visitors come from, as far as somebody chose it."""
    chosen = Utm(campaign.utm_source, campaign.utm_medium, campaign.utm_campaign)
    return utm.of_letter(letter, chosen, current_app.config["BASE_URL"].rstrip("/"))


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
