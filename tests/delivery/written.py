"""Five hundred mails of five letters, and what each of them is to say to whoever reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from typing import NamedTuple

from flask import current_app

from mailer import links, tokens
from mailer.accounts import operations as accounts
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.delivery import campaigns, messages
from mailer.delivery.batch import Claimed
from mailer.delivery.campaigns import Order
from mailer.delivery.models import Campaign
from mailer.mail.transports import Envelope
from mailer.newsletters import operations as newsletters
from mailer.newsletters import queries
from mailer.newsletters.fields import filled, joined_on
from mailer.newsletters.forms import Typed
from mailer.subscriptions.models import MailingList

PEOPLE = 100
AWKWARD = (
    "\"double\", ‘simple’ et 'droite'",
    "<b>gras</b> &amp; <script>",
    "a=b== et =E9 =",
    ".",
    "..deux points",
    "From la mer",
    "été 🌊 שלום",
    "o" * 1000,
    "= " * 400,
    "",
)
DOTS = "\n".join(f"{'.' * n} ligne {n}, puis {'.' * (60 + n)}" for n in range(1, 30))
OWN_ADDRESSES = (
    "{{web_url}} {{why_url}} {{manage_url}} {{unsubscribe_url}} {{joined_on}} [ici]({{manage_url}})"
)


class Sample(NamedTuple):
    """A list, its name as List-Id has it, and a letter to it."""

    name: str
    phrase: str
    subject: str
    text: str


SAMPLES = (
    Sample(
        "L’Estran",
        "L'Estran ",
        "Le phare rouvre, la baie hisse les voiles : à l’été !",
        "Bonjour {{prenom|à toutes et à tous}},",
    ),
    Sample(
        "Marées 🌊 & Cie",
        "Marees & Cie ",
        "🌊🐚 Marée haute 👩‍🔧 {{prenom|🧜 & <toi>}}",
        "🧜‍♀️ " * 200,
    ),
    # No word of it could be written in ASCII.
    Sample(
        "رسائل الساحل",
        "",
        "المنارة تفتح أبوابها – שלום מהחוף",
        "مرحبا {{prenom|أيها القارئ}} שלום",
    ),
    Sample(
        'La "longue", lettre',
        r'"La \"longue\", lettre" ',
        "Le phare de la Pointe rouvre après deux ans de travaux, " * 4 + "{{prenom|à vous}}",
        "mot" * 400 + "\n\n" + "un mot " * 400,
    ),
    Sample(
        "Les champs <&>",
        '"Les champs <&>" ',
        'Pour {{prenom|"O’Brien" <a=b> =?utf-8?q?x?= & .}}',
        "\n\n".join((*(f"{{{{prenom|{value}}}}}" for value in AWKWARD), DOTS, OWN_ADDRESSES)),
    ),
)
LOCAL_PARTS = ("p%d", "o'brien+%d", "x" * 60 + "%d", "a.b_%d", "{%d}!#$&*/=?^`|~", "%%41-%d")


@dataclass(frozen=True)
class Written:
    """A mail, and what each parser is to find in it."""

    envelope: Envelope
    said: dict[str, object]


def five_hundred() -> list[Written]:
    """The mails of all letters, each built by the campaign that sends it."""
    with transaction():
        sender = accounts.create(
            "claude@exemple.fr", "Claude", "une longue phrase", ["sender"], now()
        )
    return [mail for at in range(len(SAMPLES)) for mail in _mails(at, sender.id)]


def _mails(at: int, account_id: int) -> Iterator[Written]:
    with transaction():
        campaign = _campaign(at, account_id)
    people = [_person(PEOPLE * at + n) for n in range(1, PEOPLE + 1)]
    letter = messages.prepare(campaign)
    for person, envelope in zip(people, letter.envelopes(people, now()), strict=True):
        assert envelope.recipient == person.address
        yield Written(envelope, _said(campaign, SAMPLES[at], person, envelope.content))


def _campaign(at: int, account_id: int) -> Campaign:
    sample = SAMPLES[at]
    made = MailingList(slug=f"liste{at}", name=sample.name, description="Côte", frequency="Mensuel")
    db.session.add(made)
    db.session.flush()
    article = {"title": sample.name, "summary": DOTS, "url": "https://exemple.fr/?a=b&c=.é"}
    blocks = [
        {"id": "b1", "type": "text", "props": {"text": sample.text}},
        {"id": "b2", "type": "article", "props": article},
    ]
    draft = Typed(sample.subject, "", {"v": 1, "blocks": blocks}).draft()
    issue = newsletters.draft_issue(newsletters.series_of(made), [], "fr", now(), "account:9")
    newsletters.save(issue, draft, 1, now(), "account:9")
    newsletters.approve(issue, 2, "account:1", now())
    return campaigns.schedule(Order(issue.id, made.id, 1, now(), account_id), now())


def _person(number: int) -> Claimed:
    address = f"{LOCAL_PARTS[number % len(LOCAL_PARTS)] % number}@exemple.fr"
    joined = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)
    return Claimed(number, 1000 + number, address, f"{number:064x}", 0, joined)


def _said(campaign: Campaign, sample: Sample, person: Claimed, content: bytes) -> dict[str, object]:
    """What the letter is to that person; the token is that of their mail, if it is theirs."""
    one_click = message_from_bytes(content)["List-Unsubscribe"].partition(">")[0]
    token = one_click.rpartition("/")[2]
    own = [person.subscription_id, f"delivery:{person.delivery_id}"]
    assert tokens.UNSUBSCRIBE.read(token) == own
    values = {
        "unsubscribe_url": links.unsubscription(token),
        "manage_url": links.manage_from(token),
        "why_url": links.why(token),
        "web_url": queries.web_url(campaign.issue_id),
        "joined_on": joined_on(paris_day(person.joined_at), "fr"),
    }
    letter = filled(queries.letter(campaign.issue_id).rendered, values)
    return {
        "subject": letter.subject,
        "name": current_app.config["SENDER_NAME"],
        "address": "lettre@exemple.fr",
        "to": person.address,
        "text": letter.text,
        "html": letter.html,
        "headers": _fields(campaign, sample, token),
    }


def _fields(campaign: Campaign, sample: Sample, token: str) -> dict[str, str]:
    slug = db.session.get_one(MailingList, campaign.list_id).slug
    leave = f"mailto:lettre@exemple.fr?subject=unsubscribe%20{token}"
    return {
        "list-id": f"{sample.phrase}<{slug}.exemple.fr>",
        "list-help": f"<{links.home()}>",
        "list-owner": "<mailto:lettre@exemple.fr>",
        "list-unsubscribe": f"<{links.one_click(token)}>, <{leave}>",
        "list-unsubscribe-post": "List-Unsubscribe=One-Click",
        "feedback-id": f"{campaign.id}:{slug}:lettre:exemple-fr",
        "precedence": "bulk",
    }
