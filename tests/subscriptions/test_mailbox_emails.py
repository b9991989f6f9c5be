"""The mails that prove a mailbox, word for word."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.subscriptions import mailbox_emails
from mailer.subscriptions.models import AddressChange, Subscriber

GOLDEN = Path(__file__).parents[1] / "emails" / "subscriptions"
AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
NADIA = Subscriber(id=5, address="nadia.k@exemple.fr", language="fr")
CHANGE = AddressChange(id=3, subscriber=NADIA, address="nadia@exemple.org")
MAILS = {
    "manage_link": lambda: mailbox_emails.manage_link(NADIA.id, NADIA.address, "fr"),
    "nothing_here": lambda: mailbox_emails.nothing_here("inconnue@exemple.fr", "fr"),
    "change_address_old": lambda: mailbox_emails.leave_mailbox(CHANGE),
    "change_address_new": lambda: mailbox_emails.take_mailbox(CHANGE),
    "change_address_taken": lambda: mailbox_emails.taken(CHANGE),
    "change_address_done": lambda: mailbox_emails.moved(NADIA.address, CHANGE),
}


@pytest.fixture(autouse=True)
def sunday():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.mark.parametrize("part", ["text", "html"])
@pytest.mark.parametrize("name", MAILS)
def test_a_mail_reads_as_it_was_approved(app, name, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = MAILS[name]()
    body = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"{name}.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.write_text(body, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert body == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_names_no_other_mailbox_and_loads_nothing(app, name):
    mail = MAILS[name]()

    others = {"nadia.k@exemple.fr", "nadia@exemple.org"} - {mail.recipient}
    assert [other for other in others if other in mail.text + mail.html] == []
    assert "<img" not in mail.html
    links = re.findall(r'(?:href|src)="([^"]+)"', mail.html)
    assert all(link.startswith(app.config["BASE_URL"]) for link in links)
