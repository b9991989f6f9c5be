"""The reading of mailboxes against a real server: each mail once, none lost, none deleted."""

import secrets
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from mail.listening import LOOPBACK

from mailer.clock import now
from mailer.db import db
from mailer.mail import imap, reading
from mailer.mail.models import MailboxPosition


def mail(subject="Demande", body="Bonjour"):
    return f"From: zoe@exemple.fr\nSubject: {subject}\n\n{body}\n".encode()


@pytest.fixture
def box(imap_server):
    """The mailbox of an account that nobody has used."""
    return imap_server.mailbox(f"{secrets.token_hex(6)}@exemple.fr")


@pytest.fixture
def read(app, box):
    """`read()`: the subjects of the mails that a reading hands over."""

    def subjects(mailbox=box):
        taken = []
        reading.read(mailbox, lambda found: taken.append(found.content.split(b"\r\n")[1][9:]))
        return taken

    return subjects


def opened(box, **other):
    return imap.opened(replace(box, **other))


def test_a_mail_is_read_with_the_instant_at_which_it_reached_the_mailbox(imap_server, box):
    at = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    imap_server.deliver(box.user, mail(), at)
    with imap.opened(box) as session:
        found = session.fetch(1)
    assert (found.at, found.is_whole) == (at, True)
    assert found.content == mail().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_session_is_read_too(imap_server, box, security):
    imap_server.deliver(box.user, mail())
    port = imap_server.tls_port if security == "tls" else imap_server.port
    certificates = imap_server.certificates
    with opened(box, security=security, port=port, certificates=certificates) as session:
        assert session.after(0) == [1]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_ends_the_session(imap_server, box, security):
    port = imap_server.tls_port if security == "tls" else imap_server.port
    with pytest.raises(imap.UnreachableError), opened(box, security=security, port=port):
        pass


@pytest.mark.parametrize("wrong", [{"password": "marée-basse"}, {"folder": "Inconnu"}, {"port": 1}])
def test_a_mailbox_that_cannot_be_opened_says_so_without_the_servers_words(box, wrong):
    with pytest.raises(imap.UnreachableError) as told, opened(box, **wrong):
        pass
    assert box.user not in str(told.value)
    assert str(told.value) in {"error", "ConnectionRefusedError"}


@pytest.mark.parametrize("wrong", [{"password": "marée-basse"}, {"folder": "Inconnu"}])
def test_a_server_that_says_no_is_told_from_one_that_is_away(box, wrong):
    with pytest.raises(imap.RefusedError), opened(box, **wrong):
        pass


def test_a_password_never_shows(box):
    assert box.password not in repr(box)


def test_a_server_that_says_nothing_is_left_at_the_deadline(box, monkeypatch):
    monkeypatch.setattr(imap, "SECONDS", 0.2)
    with (
        socket.create_server((LOOPBACK, 0)) as silent,
        pytest.raises(imap.UnreachableError, match="TimeoutError"),
        opened(box, port=silent.getsockname()[1]),
    ):
        pass


def test_of_a_mail_that_is_too_large_the_beginning_is_read(imap_server, box):
    imap_server.deliver(box.user, mail(body="x" * 10_000))
    with opened(box, most_bytes=1000) as session:
        found = session.fetch(1)
    assert (len(found.content), found.is_whole) == (1000, False)
    assert found.size > 10_000


def test_a_mail_that_is_gone_is_none(box):
    with imap.opened(box) as session:
        assert session.fetch(7) is None


def test_each_mail_is_handed_over_once(imap_server, box, read):
    imap_server.deliver(box.user, mail("un"))
    imap_server.deliver(box.user, mail("deux"))
    assert read() == [b"un", b"deux"]
    imap_server.deliver(box.user, mail("trois"))
    assert read() == [b"trois"]
    assert read() == []


def test_a_mail_that_was_read_is_flagged_as_seen_and_stays(imap_server, box, read):
    imap_server.deliver(box.user, mail())
    read()
    (flags,) = imap_server.flags(box.user)
    assert b"\\Seen" in flags
    assert b"\\Deleted" not in flags


def test_a_mail_that_somebody_has_seen_before_is_read_nevertheless(imap_server, box, read):
    imap_server.deliver(box.user, mail("lu"))
    with imap_server.client(box.user) as client:
        client.store("1", "+FLAGS", r"(\Seen)")
    assert read() == [b"lu"]


def test_a_mail_that_was_read_moves_to_the_folder_of_the_settings(imap_server, box, read):
    imap_server.deliver(box.user, mail())
    moving = replace(box, done_folder="Traités & lus")
    assert read(moving) == [b"Demande"]
    assert imap_server.flags(box.user) == []
    # As the protocol writes it.
    assert len(imap_server.flags(box.user, '"Trait&AOk-s &- lus"')) == 1


def test_a_mailbox_that_is_read_for_the_first_time_gives_what_may_still_be_answered(
    imap_server, box, read
):
    imap_server.deliver(box.user, mail("ancien"), now() - timedelta(days=70))
    imap_server.deliver(box.user, mail("récent"), now() - timedelta(days=20))
    assert read() == ["récent".encode()]
    assert read() == []


def test_old_mails_alone_are_left_for_good(imap_server, box, read):
    imap_server.deliver(box.user, mail("ancien"), now() - timedelta(days=70))
    assert read() == []
    imap_server.deliver(box.user, mail("nouveau"))
    assert read() == [b"nouveau"]


def test_mails_that_were_numbered_anew_are_handed_over_again(imap_server, box, read):
    moved = replace(box, folder="Demandes")
    imap_server.deliver(box.user, mail("un"), folder="Demandes")
    assert read(moved) == [b"un"]
    with imap_server.client(box.user) as client:
        client.delete("Demandes")
        # The new number of the series is the time, in seconds.
        time.sleep(1.1)
    imap_server.deliver(box.user, mail("un"), folder="Demandes")
    imap_server.deliver(box.user, mail("deux"), folder="Demandes")
    assert read(moved) == [b"un", b"deux"]


def test_what_could_not_be_taken_is_read_again(imap_server, box, read):
    imap_server.deliver(box.user, mail("un"))

    def fail(_found):
        raise LookupError

    with pytest.raises(LookupError):
        reading.read(box, fail)
    assert read() == [b"un"]


def test_no_transaction_is_open_while_the_server_is_waited_for(imap_server, box, app, monkeypatch):
    imap_server.deliver(box.user, mail())
    asked = []

    def looked(name):
        real = getattr(imap.Session, name)

        def call(*arguments):
            asked.append(db.session().in_transaction())
            return real(*arguments)

        return call

    for name in ("after", "since", "fetch", "settle"):
        monkeypatch.setattr(imap.Session, name, looked(name))
    taken = []
    reading.read(box, taken.append)
    reading.read(box, taken.append)
    assert asked == [False] * 4


def test_a_long_backlog_is_read_in_several_turns(imap_server, box, read, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 2)
    for number in range(5):
        imap_server.deliver(box.user, mail(f"{number}"))
    assert [read(), read(), read(), read()] == [[b"0", b"1"], [b"2", b"3"], [b"4"], []]


def test_a_mail_at_which_the_server_always_breaks_off_holds_up_no_other(
    imap_server, box, app, monkeypatch
):
    imap_server.deliver(box.user, mail("un"))
    imap_server.deliver(box.user, mail("deux"))
    real = imap.Session.fetch

    def fetch(session, uid):
        if uid == 1:
            raise imap.UnreachableError("abort")
        return real(session, uid)

    monkeypatch.setattr(imap.Session, "fetch", fetch)
    taken = []
    for _ in range(reading.PATIENCE):
        with pytest.raises(imap.UnreachableError):
            reading.read(box, taken.append)
    reading.read(box, taken.append)
    assert [(found.uid, found.is_whole) for found in taken] == [(1, False), (2, True)]


def test_a_mail_that_nothing_can_take_holds_up_no_other(imap_server, box, app):
    for subject in ("Un", "Deux"):
        imap_server.deliver(box.user, mail(subject))
    taken = []

    def take(found):
        if b"Un" in found.content:
            raise RuntimeError("a fault of ours")
        taken.append(found.content)

    for _ in range(reading.PATIENCE):
        with pytest.raises(RuntimeError):
            reading.read(box, take)
    reading.read(box, take)
    assert [b"Deux" in content for content in taken] == [False, True]


def test_where_reading_stopped_is_remembered_by_mailbox(imap_server, box, read):
    imap_server.deliver(box.user, mail())
    read()
    (row,) = db.session.scalars(db.select(MailboxPosition))
    assert (row.mailbox, row.last_uid) == (box.name, 1)
