"""The mailbox that mails come back to: each is taken in once, and none holds up the others."""

import itertools

import pytest
from bounces.mails import answer, crlf

from mailer.bounces import jobs, mailbox
from mailer.bounces.quarantine import State
from mailer.mail import reading
from mailer.settings import BadSetting

# A look each second: a wait that nothing ends fails the test long before its own deadline.
MOST_LOOKS = 60
USER = "rebond@exemple.fr"


def test_a_new_mail_is_taken_in_and_flagged_as_seen(dovecot, watched, outgoing_mails):
    dovecot.deliver(watched, answer())
    jobs.read_returns()
    assert len(outgoing_mails()) == 1
    assert rb"\Seen" in dovecot.flags(watched)[0]


def test_a_mail_is_taken_in_once_however_often_the_mailbox_is_read(
    dovecot, watched, outgoing_mails
):
    dovecot.deliver(watched, answer())
    for _ in range(2):
        jobs.read_returns()
    assert len(outgoing_mails()) == 1


def test_a_crash_between_the_commit_and_the_flag_takes_nothing_twice(
    dovecot, watched, outgoing_mails, monkeypatch
):
    dovecot.deliver(watched, answer())
    with monkeypatch.context() as broken:
        broken.setattr(reading.imap.Session, "settle", _fail)
        with pytest.raises(RuntimeError):
            jobs.read_returns()
    jobs.read_returns()
    assert len(outgoing_mails()) == 1


def test_a_mail_that_is_not_understood_holds_up_none_behind_it(dovecot, watched, returned):
    for content in (b"\x00\xff nothing", answer(), crlf("Subject: \n\n"), answer("Et demain ?")):
        dovecot.deliver(watched, content)
    jobs.read_returns()
    assert [row.state for row in returned()] == [
        State.WAITING,
        State.FORWARDED,
        State.WAITING,
        State.FORWARDED,
    ]


def test_a_server_that_is_away_breaks_nothing(app, watched, dovecot):
    app.config["BOUNCE_MAILBOX_PORT"] = 1
    mailbox.install(app)
    jobs.read_returns()


@pytest.mark.parametrize(
    "wrong",
    [
        {"BOUNCE_MAILBOX_PROTOCOL": "mapi"},
        {"BOUNCE_MAILBOX_SECURITY": "none"},
        {"BOUNCE_MAILBOX_HOST": "mx.exemple.fr", "BOUNCE_MAILBOX_SECURITY": "plain"},
        {"BOUNCE_MAILBOX_HOST": "mx.exemple.fr", "BOUNCE_MAILBOX_USER": ""},
    ],
)
def test_settings_that_cannot_be_used_are_refused(app, wrong):
    app.config.update({"BOUNCE_MAILBOX_USER": USER} | wrong)
    with pytest.raises(BadSetting, match="BOUNCE_MAILBOX"):
        mailbox.install(app)


def test_a_mailbox_that_is_read_for_requests_is_not_read_for_returns(app):
    app.config.update(
        IMAP_HOST="localhost",
        IMAP_USERS=[USER],
        BOUNCE_MAILBOX_HOST="localhost",
        BOUNCE_MAILBOX_USER=USER,
    )
    with pytest.raises(BadSetting, match="IMAP_USERS"):
        mailbox.install(app)


def _fail(_session, _uid):
    raise RuntimeError("the power failed")


def test_a_mailbox_that_is_listened_to_wakes_as_soon_as_a_mail_comes(dovecot, watched):
    jobs.read_returns()
    looks = itertools.count()

    def deliver_meanwhile():
        # The first look is before anything came; no later one is needed to end the wait.
        if next(looks) == 0:
            dovecot.deliver(watched, answer())
        return next(looks) > MOST_LOOKS

    reading.wait(mailbox.configured(), deliver_meanwhile)
    assert next(looks) < MOST_LOOKS


def test_nobody_waits_for_what_is_there_already(dovecot, watched):
    jobs.read_returns()
    dovecot.deliver(watched, answer())
    reading.wait(mailbox.configured(), _never_asked)


def test_the_wait_ends_when_it_is_told_to(dovecot, watched, outgoing_mails):
    jobs.read_returns()
    reading.wait(mailbox.configured(), lambda: True)
    dovecot.deliver(watched, answer())
    jobs.read_returns()
    assert len(outgoing_mails()) == 1


def _never_asked():
    raise AssertionError("it waits")
