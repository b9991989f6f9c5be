"""Whatever a person, a feed or a member of staff writes, a mail has the fields that we gave it."""

import json
from email import message_from_bytes, policy

import pytest
from delivery.payloads import PAYLOADS, WITHOUT_ZERO
from werkzeug.datastructures import MultiDict

from mailer import addresses
from mailer.articles.parse import parse
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns, messages
from mailer.delivery.batch import Claimed
from mailer.delivery.campaigns import Order
from mailer.errors import Invalid
from mailer.mail.headers import serialise
from mailer.newsletters import operations as newsletters
from mailer.newsletters import queries
from mailer.newsletters.block_types import Article, Text
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.newsletters.fields import mark
from mailer.newsletters.forms import typed
from mailer.subscriptions.models import MailingList


@pytest.fixture
def head(app, scheduled):
    """`head()`: the names of the fields of a mail as the campaign now is; None if it is refused."""
    campaign = campaigns.by_id(scheduled)

    def names(address="zoe@exemple.fr"):
        person = Claimed(1, 1, address, "", 0, now())
        try:
            (envelope,) = messages.prepare(campaign).envelopes([person], now())
        except Invalid:
            return None
        return message_from_bytes(envelope.content, policy=policy.SMTP).keys()

    names.campaign = campaign
    with db.session.no_autoflush:
        yield names
        db.session.rollback()


def in_subject(text, campaign, _config):
    queries.letter(campaign.issue_id).subject = mark(text)


def in_default(text, campaign, _config):
    queries.letter(campaign.issue_id).subject = mark(f"Pour {{{{prenom|{text}}}}}")


def in_list_name(text, campaign, _config):
    db.session.get_one(MailingList, campaign.list_id).name = text


def in_sender_name(text, _campaign, config):
    config["SENDER_NAME"] = text


@pytest.mark.parametrize("put", [in_subject, in_default, in_list_name, in_sender_name])
def test_no_text_brings_another_field_even_past_the_forms(app, head, put):
    usual = head()
    assert usual

    for text in PAYLOADS:
        put(text, head.campaign, app.config)
        assert head() in (usual, None), text


def test_what_an_editor_typed_as_a_subject_is_folded_to_a_line_that_can_leave():
    for text in WITHOUT_ZERO:
        subject = typed(MultiDict({"subject": text})).subject
        assert serialise([("Subject", subject)]).count(b"\nSubject:") == 0
        assert subject == " ".join(text.split())


def test_a_zero_character_is_refused_where_it_is_typed(staff, letter):
    page = staff("editor").post(
        f"/bureau/lettres/{letter}", data={"subject": "Bonjour\0Bcc: a@b.fr"}
    )
    assert page.status_code == 400


def test_the_title_that_a_feed_gives_becomes_a_subject_that_can_leave():
    items = [
        {"id": str(n), "url": "https://exemple.fr/", "title": t} for n, t in enumerate(PAYLOADS)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Flux", "items": items}
    articles = parse(json.dumps(feed).encode()).entries

    assert len(articles) == len(PAYLOADS)
    for article in articles:
        serialise([("Subject", article.title)])


def test_no_text_is_an_address():
    for text in PAYLOADS:
        for given in (text, f"zoe@exemple.fr{text}", f"{text}zoe@exemple.fr"):
            with pytest.raises(Invalid):
                addresses.parse(given)


def test_an_address_that_no_form_let_in_is_refused(head):
    usual = head()
    for text in PAYLOADS:
        assert head(address=f"zoe@exemple.fr{text}") in (usual, None), text


def test_what_stands_in_the_body_stays_there(app, list_id, sender):
    everything = " ".join(WITHOUT_ZERO)
    app.config |= {"ORGANISATION": everything, "POSTAL_ADDRESS": everything}
    fields = " ".join(f"{{{{prenom|{text}}}}}" for text in WITHOUT_ZERO)
    blocks = (
        Block("b1", Text(fields)),
        Block("b2", Article(everything[:300], everything, "https://exemple.fr/")),
    )
    with transaction():
        series = newsletters.series_of(db.session.get_one(MailingList, list_id))
        issue = newsletters.draft_issue(series, [], "fr", now(), "account:9")
        newsletters.save(issue, Draft("Bonjour", everything, blocks), 1, now(), "account:9")
        newsletters.approve(issue, 2, "account:1", now())
        campaign = campaigns.schedule(Order(issue.id, list_id, 1, now(), sender), now())
    person = Claimed(1, 1, "zoe@exemple.fr", "", 0, now())
    (envelope,) = messages.prepare(campaign).envelopes([person], now())
    mail = message_from_bytes(envelope.content, policy=policy.SMTP)

    assert len(mail.keys()) == len(set(mail.keys()))
    assert "Bcc" not in mail
    assert not mail.defects
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "intrus@ailleurs.fr" in mail.get_body(["plain"]).get_content()
