"""What strangers may cause: to one mailbox in silence, to a domain and to all with an alarm."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from mailer.abuse import allowance
from mailer.db import db, transaction
from mailer.errors import Busy
from mailer.web import counters

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def ask(at=AT, fingerprint="print", address="camille@exemple.fr"):
    with transaction():
        return allowance.may_write(fingerprint, address, at)


def test_a_mailbox_gets_one_mail_in_ten_minutes(app):
    assert [ask(AT + n * MINUTE) for n in (0, 9, 10)] == [True, False, True]


def test_a_mailbox_gets_three_mails_in_any_day(app):
    hours = [0, 8, 16, 20, 23, 25, 26]

    assert [ask(AT + timedelta(hours=n)) for n in hours] == [True] * 3 + [False] * 2 + [True, False]


def test_another_mailbox_need_not_wait(app):
    assert [ask(), ask(fingerprint="other")] == [True, True]


def test_who_pressed_the_button_need_not_wait_ten_minutes(app):
    ask()
    with transaction():
        allowance.answered("print")

    assert ask(AT + MINUTE)


def test_of_many_who_ask_at_once_one_is_written_to(app):
    db.session.rollback()

    def in_thread(_):
        with app.app_context():
            return ask()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(in_thread, range(8))) == [False] * 7 + [True]


@pytest.mark.parametrize("setting", ["MAILS_TO_A_DOMAIN_AN_HOUR", "MAILS_ASKED_AN_HOUR"])
def test_above_a_common_ceiling_everybody_is_asked_to_come_back(app, setting):
    app.config[setting] = 2
    ask(fingerprint="1")
    ask(fingerprint="2")

    with pytest.raises(Busy) as refused:
        ask(fingerprint="3", at=AT + MINUTE)

    assert refused.value.until == AT + timedelta(hours=1)
    assert ask(fingerprint="3", at=refused.value.until)


def test_another_domain_has_a_ceiling_of_its_own(app):
    app.config["MAILS_TO_A_DOMAIN_AN_HOUR"] = 1
    ask(fingerprint="1")

    assert ask(fingerprint="2", address="zoe@autre.example")


def test_from_half_a_ceiling_on_there_is_alarm_for_an_hour_and_more(app):
    app.config["MAILS_ASKED_AN_HOUR"] = 4
    for n in range(2):
        ask(fingerprint=str(n))
    before = counters.is_alarm(AT)
    ask(fingerprint="3")

    assert not before
    assert counters.is_alarm(AT + timedelta(minutes=119))
    assert not counters.is_alarm(AT + timedelta(minutes=121))
