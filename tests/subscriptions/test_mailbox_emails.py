"""The mails that prove a mailbox, word for word."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.subscriptions import mailbox_emails
from mailer.subscriptions.models import AddressChange, Subscriber

GOLDEN = Path(__file__).parents[1] / "emails" / "subscriptions"
MARKS = {"fr": "", "en": ".en"}
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
NADIA = "nadia.k@exemple.fr"
MAILS = {
    "manage_link": lambda language: mailbox_emails.manage_link(5, NADIA, language),
    "nothing_here": lambda language: mailbox_emails.nothing_here("inconnue@exemple.fr", language),
    "change_address_old": lambda language: mailbox_emails.leave_mailbox(change(language)),
    "change_address_new": lambda language: mailbox_emails.take_mailbox(change(language)),
    "change_address_taken": lambda language: mailbox_emails.taken(change(language)),
    "change_address_done": lambda language: mailbox_emails.moved(NADIA, change(language)),
}


def change(language):
    """Nadia’s wish to receive elsewhere."""
    nadia = Subscriber(id=5, address=NADIA, language=language)
    return AddressChange(id=3, subscriber=nadia, address="nadia@exemple.org")


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize("name", MAILS)
def test_a_mail_reads_as_it_was_approved(app, name, part, language):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = MAILS[name](language)
    body = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"{name}{MARKS[language]}.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.write_text(body, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert body == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_names_no_other_mailbox_and_loads_nothing(app, name):
    mail = MAILS[name]("fr")

    others = {"nadia.k@exemple.fr", "nadia@exemple.org"} - {mail.recipient}
    assert [other for other in others if other in mail.text + mail.html] == []
    assert "<img" not in mail.html
    links = re.findall(r'(?:href|src)="([^"]+)"', mail.html)
    assert all(link.startswith(app.config["BASE_URL"]) for link in links)
