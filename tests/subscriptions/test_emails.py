"""The three mails, word for word, to somebody who asked for two lists."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import time_machine

from mailer.subscriptions import emails
from mailer.subscriptions.models import Confirmation, MailingList, Renewal, Subscriber, Subscription
from mailer.tokens import UNSUBSCRIBE

GOLDEN = Path(__file__).parents[1] / "emails" / "subscriptions"
MARKS = {"fr": "", "en": ".en"}
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
NAMES = ("confirmation", "already", "welcome", "imported", "renewal")


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def sent():
    nadia = Subscriber(address="nadia.k@exemple.fr", language="fr")
    lists = (
        MailingList(
            name="La lettre de l’Estran",
            frequency="Une fois par mois",
            description="des portraits & des projets",
        ),
        MailingList(
            name="L’agenda <des ports>",
            frequency="Chaque vendredi",
            description="les visites et les marchés",
        ),
    )
    lines = [Subscription(id=n, mailing_list=row) for n, row in enumerate(lists, 41)]
    return Confirmation(id=7, subscriber=nadia, subscriptions=lines)


def written(name, sent, language="fr"):
    if name == "welcome":
        sent.subscriber.language = language
        return emails.welcome(sent.subscriber, sent.subscriptions)
    if name == "renewal":
        sent.subscriber.language = language
        asked = Renewal(id=3, subscriber=sent.subscriber)
        return emails.renewal(asked, sent.subscriptions, AT + timedelta(days=30))
    if name == "imported":
        # One import is of one list; the texts must hold for any.
        sent.subscriber.language = language
        return emails.imported(sent, "Salon de la mer", AT.date())
    return {"confirmation": emails.confirmation, "already": emails.already}[name](sent, language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_a_mail_reads_as_it_was_approved(app, sent, name, part, language):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = written(name, sent, language)
    body = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"{name}{MARKS[language]}.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.write_text(body, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert body == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_loads_nothing_and_leads_only_to_this_site(app, sent, name):
    html = written(name, sent).html

    assert "<img" not in html
    assert "url(" not in html
    links = re.findall(r'(?:href|src)="([^"]+)"', html)
    assert links
    assert all(link.startswith(app.config["BASE_URL"]) for link in links)


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_names_each_list_its_rhythm_and_its_content_in_both_parts(app, sent, name):
    mail = written(name, sent)

    said = mail.text, unescape(mail.html)
    rows = [line.mailing_list for line in sent.subscriptions]
    wanted = [word for row in rows for word in (row.name, row.frequency, row.description)]
    assert [word for word in wanted for part in said if word not in part] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_becomes_bytes(app, sent, name):
    assert b"\r\nAuto-Submitted: auto-generated\r\n" in written(name, sent).to_bytes()


def test_the_name_of_a_list_is_escaped(app, sent):
    assert "<des ports>" not in emails.confirmation(sent, "fr").html


def test_who_asked_for_one_list_reads_its_name_in_the_subject(app, sent):
    sent.subscriptions = sent.subscriptions[:1]

    assert "La lettre de l’Estran" in emails.confirmation(sent, "fr").subject


def test_the_mail_program_can_leave_the_one_list_of_a_welcome(app, sent):
    sent.subscriptions = sent.subscriptions[:1]

    headers = dict(written("welcome", sent).headers)

    address = re.match(r"<http://[^/]+(/u/[^>]+)>, <mailto:", headers["List-Unsubscribe"])
    assert UNSUBSCRIBE.read(address[1].removeprefix("/u/")) == [41, ""]
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_one_press_is_not_offered_where_it_could_mean_either_list(app, sent):
    assert "List-Unsubscribe" not in dict(written("welcome", sent).headers)
