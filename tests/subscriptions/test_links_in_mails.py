"""Programs open every link of every mail, often, and before anybody reads it."""

import logging
import re

import pytest
from sqlalchemy import select

from mailer.db import db


def every_row():
    db.session.rollback()
    tables = db.metadata.sorted_tables
    return {t.name: sorted(map(repr, db.session.execute(select(t)))) for t in tables}


def links(mail):
    return set(re.findall(r'https?://[^/\s"<]+(/[^\s"<]*)', mail.text + mail.html))


@pytest.fixture
def all_links(app, person, postbox, subscribed):
    """Those of the confirmation, the welcome and the mail to who receives the list already."""
    app.config["CONFIRMATION_MINUTES_APART"] = 0
    person.asks()
    person.asks("nadia@exemple.fr")
    return set().union(*map(links, postbox.mails))


def test_opening_every_link_of_every_mail_changes_no_row(visitor, all_links):
    before = every_row()

    for link in sorted(all_links):
        for _ in range(20):
            visitor.get(link)
            visitor.head(link)

    assert len(all_links) >= 5
    assert every_row() == before


def test_the_logs_hold_no_address_and_no_token(capfd, caplog, person, postbox, subscribed):
    caplog.set_level(logging.DEBUG)
    tokens = [
        link.split("/")[2] for mail in postbox.mails for link in links(mail) if len(link) > 40
    ]
    person.browser.get(f"/desinscriptions/{tokens[0]}")
    person.asks("camille@")

    written = caplog.text + "".join(capfd.readouterr())

    assert "subscriptions.create" in written
    assert "camille" not in written
    assert not [token for token in tokens if token in written]
