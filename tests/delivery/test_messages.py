"""The mail of a person, as the letter of a campaign writes it."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns, messages
from mailer.delivery.batch import Claimed
from mailer.delivery.campaigns import Order
from mailer.mail import dkim
from mailer.newsletters import operations
from mailer.newsletters import queries as newsletters
from mailer.newsletters.block_types import Text
from mailer.newsletters.blocks import Block, When
from mailer.newsletters.content import Draft
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency

BLOCKS = (
    Block("b1", Text("Bonjour à tous")),
    Block("b2", Text("Une fois la semaine"), When(frequencies=("weekly",))),
)
JOINED = datetime(2024, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def prepare(write, list_id, sender):
    """`prepare()`: the letter of a campaign, as each worker has it, ready to be filled."""
    order = Order(write("Avec vous depuis le {{joined_on}}"), list_id, 1, now(), sender)
    with transaction():
        campaign_id = campaigns.schedule(order, now()).id

    return lambda: messages.prepare(campaigns.by_id(campaign_id))


@pytest.fixture
def conditional(list_id):
    """The number of an approved letter with a block for those who want one letter a week."""
    with transaction():
        series = operations.series_of(db.session.get_one(MailingList, list_id))
        issue = operations.draft_issue(series, [], "fr", now(), "account:9")
        operations.save(issue, Draft("Le phare", "Tout l’été", BLOCKS), 1, now(), "account:9")
        operations.approve(issue, 2, "account:1", now())
        return issue.id


def claimed(number):
    address = f"p{number}@exemple.fr"
    return Claimed(number, 1000 + number, address, f"{number:064x}", 0, JOINED)


def written(letter, number=1, at=None):
    (envelope,) = letter.envelopes([claimed(number)], at or now())
    return envelope


def parsed(envelope):
    return message_from_bytes(envelope.content, policy=policy.default)


def test_a_subject_may_say_since_when_somebody_reads(prepare):
    assert parsed(written(prepare()))["Subject"] == "Avec vous depuis le 1er mai 2024"


def test_a_subject_may_say_it_above_a_letter_that_does_not(prepare):
    letter = newsletters.letter(campaigns.by_id(1).issue_id)
    letter.html = letter.text = "Bonjour."

    assert parsed(written(prepare()))["Subject"] == "Avec vous depuis le 1er mai 2024"


def test_a_mail_written_again_by_another_worker_has_the_message_id_that_it_had(prepare):
    first, later = written(prepare()), written(prepare(), at=now() + timedelta(hours=1))

    assert parsed(first)["Message-ID"] == parsed(later)["Message-ID"]
    assert parsed(first)["Date"] != parsed(later)["Date"]
    assert first.return_path == later.return_path


def test_a_mail_says_truly_that_it_can_leave_and_be_signed_as_it_is(prepare):
    envelope = written(prepare())
    _, _, body = envelope.content.partition(b"\r\n\r\n")

    assert envelope.is_canonical
    assert b"\n." not in envelope.content
    assert dkim.relaxed_body(body) == body


def test_who_is_shown_other_blocks_gets_a_letter_of_their_own(conditional, list_id, sender):
    order = Order(conditional, list_id, 1, now(), sender)
    with transaction():
        campaign = campaigns.schedule(order, now())
        letter = messages.prepare(campaign)

    weekly = claimed(1)._replace(language="fr", frequency=Frequency.WEEKLY)
    each = claimed(2)._replace(language="fr")
    texts = [
        parsed(envelope).get_body(("plain",)).get_content()
        for envelope in letter.envelopes([weekly, each], now())
    ]

    assert ["Une fois la semaine" in text for text in texts] == [True, False]
    assert all("Bonjour à tous" in text for text in texts)
