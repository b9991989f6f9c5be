"""The mailbox that mails come back to: each is taken in once, and none holds up the others."""

import imap_server
import pytest
from bounces.mails import answer, crlf

from mailer.bounces import jobs, mailbox
from mailer.bounces.quarantine import State
from mailer.mail import reading
from mailer.settings import BadSetting

USER = "rebond@exemple.fr"


@pytest.fixture(scope="module")
def dovecot():
    if reason := imap_server.absent():
        pytest.skip(reason)
    with imap_server.running() as server:
        yield server


@pytest.fixture
def watched(app, dovecot, request):
    """A mailbox of its own for each test; its name."""
    user = f"{request.node.name.replace('[', '-').replace(']', '')}@exemple.fr"
    app.config.update(
        BOUNCE_MAILBOX_HOST="localhost",
        BOUNCE_MAILBOX_PORT=dovecot.port,
        BOUNCE_MAILBOX_SECURITY="plain",
        BOUNCE_MAILBOX_USER=user,
        BOUNCE_MAILBOX_PASSWORD=imap_server.PASSWORD,
    )
    mailbox.install(app)
    return user


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
