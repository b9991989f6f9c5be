"""What arrives over a real socket."""

import re
from datetime import timedelta
from email import policy
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

import pytest
from sqlalchemy import select

from mailer import tokens
from mailer.clock import now
from mailer.db import db
from mailer.delivery import jobs
from mailer.delivery.models import Delivery
from mailer.mail import verp


@pytest.fixture
def arrived(subscribe, begin, over_smtp):
    """Three mails of a campaign, parsed, as they came over the wire."""
    subscribe(3)
    begin()
    jobs.send_batches()
    parser = BytesParser(policy=policy.default)
    return [parser.parsebytes(content) for _recipient, content in over_smtp.taken]


def test_each_person_gets_a_mail_addressed_to_them(arrived):
    assert sorted(mail["To"] for mail in arrived) == [f"p{n}@exemple.fr" for n in (1, 2, 3)]


def test_the_headers_that_must_stand_once_do(arrived):
    for name in ("From", "To", "Date", "Message-ID", "Subject", "MIME-Version", "Content-Type"):
        assert [len(mail.get_all(name)) for mail in arrived] == [1, 1, 1]


def test_one_click_is_offered_by_https_and_by_mail(arrived):
    for mail in arrived:
        web, post = re.findall(r"<([^>]*)>", mail["List-Unsubscribe"])
        assert web.startswith("http://127.0.0.1:8000/u/")
        assert post.startswith("mailto:lettre@exemple.fr?subject=")
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_link_to_leave_names_the_subscription_and_the_mail(arrived):
    token = re.search(r"/u/([^>]*)>", arrived[0]["List-Unsubscribe"])[1]
    _subscription, origin = tokens.UNSUBSCRIBE.read(token)
    assert re.fullmatch(r"delivery:\d+", origin)


def test_the_body_holds_the_same_link_as_a_page(arrived):
    token = re.search(r"/u/([^>]*)>", arrived[0]["List-Unsubscribe"])[1]
    for kind in ("plain", "html"):
        assert f"/desinscriptions/{token}" in arrived[0].get_body((kind,)).get_content()


def test_every_message_id_is_its_own(arrived):
    ids = {mail["Message-ID"] for mail in arrived}
    assert len(ids) == 3
    assert all(re.fullmatch(r"<c\d+\.r\d+\.[0-9a-f]{16}@exemple\.fr>", each) for each in ids)


def test_the_date_is_now_and_says_its_zone(arrived):
    assert "-0000" not in arrived[0]["Date"]
    assert abs(parsedate_to_datetime(arrived[0]["Date"]) - now()) < timedelta(minutes=1)


def test_the_list_and_the_campaign_are_named(arrived):
    assert arrived[0]["List-Id"] == "L'Estran <estran.exemple.fr>"
    assert arrived[0]["Precedence"] == "bulk"
    assert arrived[0]["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert re.fullmatch(r"[^:]*:[^:]*:[^:]*:[A-Za-z0-9_-]{5,15}", arrived[0]["Feedback-ID"])


def test_each_return_path_leads_back_to_its_own_row(arrived, over_smtp):
    paths = [
        line.partition(b"<")[2].partition(b">")[0]
        for line in over_smtp.commands
        if line[:4] == b"MAIL"
    ]
    numbers = {verp.read(path.decode()) for path in paths}
    assert numbers == set(db.session.scalars(select(Delivery.id)))
