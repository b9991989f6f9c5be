"""A campaign arrives signed by the domain of its From, over a real socket."""

import re

import pytest
from signatures import start_signing, verdicts

from mailer.delivery import jobs


@pytest.fixture
def keys(app):
    return start_signing(app)


@pytest.fixture
def arrived(keys, subscribe, begin, over_smtp):
    """The mails of a campaign to five people, as they came over the wire."""
    subscribe(5)
    begin()
    jobs.send_batches()
    return [content for _recipient, content in over_smtp.taken]


def test_both_signatures_of_every_mail_are_good(arrived, keys):
    assert [verdicts(content, keys) for content in arrived] == [[True, True]] * 5


def test_the_domain_that_signs_is_that_of_the_sender(arrived):
    for content in arrived:
        assert re.findall(rb"(?m)^DKIM-Signature: .* d=([^;]+);", content) == [b"exemple.fr"] * 2
        assert re.search(rb"\r\nFrom: [^\r]*<lettre@exemple\.fr>\r\n", content)


def test_both_fields_of_the_one_click_are_signed(arrived):
    for content in arrived:
        names = re.search(rb"h=([^;]*);", content)[1].split()
        assert {b"list-unsubscribe:", b"list-unsubscribe-post:"} <= set(names)


def test_a_mail_that_was_changed_on_its_way_is_not_good(arrived, keys):
    changed = arrived[0].replace(b"List-Unsubscribe-Post: List", b"List-Unsubscribe-Post: Lost")

    assert verdicts(changed, keys) == [False, False]
