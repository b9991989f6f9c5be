"""The worker at a real mailbox, and what it tells the officer of drafts that wait."""

import secrets
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from rights.incoming.conftest import SAMPLES, written

from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail import watched
from mailer.mail.models import OutboxMessage
from mailer.retention import jobs as retention
from mailer.rights import queries, vault
from mailer.rights.incoming import jobs, operations
from mailer.rights.incoming.reminder_mails import reminder
from mailer.rights.incoming.states import State
from mailer.rights.jobs import end_copies

GOLDEN = Path(__file__).parents[2] / "emails" / "rights"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def boxes(app, imap_server):
    """Two watched mailboxes of accounts that nobody has used."""
    names = [f"{name}-{secrets.token_hex(6)}@exemple.fr" for name in ("dpo", "cil")]
    app.extensions[watched.KEY] = tuple(imap_server.mailbox(name) for name in names)
    return names


def test_what_came_to_each_mailbox_is_a_draft(imap_server, boxes, mails):
    for number, name in enumerate(boxes):
        imap_server.deliver(name, written(f"Demande {number}"))
    jobs.read_mailboxes()
    assert [(row.mailbox, row.text) for row in mails()] == [
        (boxes[0], "Demande 0"),
        (boxes[1], "Demande 1"),
    ]


def test_the_job_run_twice_takes_nothing_in_again(imap_server, boxes, mails):
    imap_server.deliver(boxes[0], written())
    jobs.read_mailboxes()
    jobs.read_mailboxes()
    assert len(mails()) == 1


def test_mails_with_new_numbers_are_known_again(app, imap_server, boxes, mails):
    imap_server.deliver(boxes[0], written())
    jobs.read_mailboxes()
    # As after a restore on another server: the same mail, no place remembered.
    app.extensions[watched.KEY] = (imap_server.mailbox(boxes[0], folder="Restauré"),)
    imap_server.deliver(boxes[0], written(), folder='"Restaur&AOk-"')
    jobs.read_mailboxes()
    assert len(mails()) == 1


def test_a_mail_made_to_break_the_reading_stops_no_other(imap_server, boxes, mails):
    nested = (f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000))
    imap_server.deliver(boxes[0], "".join(nested).encode())
    imap_server.deliver(boxes[0], (SAMPLES / "bare.eml").read_bytes())
    jobs.read_mailboxes()
    assert [row.text for row in mails()] == ["", "supprimez mes données"]


def test_a_mailbox_that_is_down_stops_no_other(app, imap_server, boxes, mails, capsys):
    wrong = imap_server.mailbox(boxes[0], password="marée-basse")
    app.extensions[watched.KEY] = (wrong, imap_server.mailbox(boxes[1]))
    imap_server.deliver(boxes[1], written())
    jobs.read_mailboxes()
    assert len(mails()) == 1
    logged = capsys.readouterr().err
    assert "event=incoming.unreachable mailbox=1 kind=error" in logged
    assert boxes[0] not in logged


def test_the_log_names_nobody(imap_server, boxes, mails, capsys):
    imap_server.deliver(boxes[0], written("zénobie", subject="zénobie"))
    jobs.read_mailboxes()
    logged = capsys.readouterr().err
    assert "event=incoming.read mailbox=1 mails=1" in logged
    assert "nadia" not in logged
    assert "zénobie" not in logged


def test_of_a_mail_that_is_too_large_the_officer_reads_the_beginning(
    app, imap_server, boxes, mails
):
    app.extensions[watched.KEY] = (imap_server.mailbox(boxes[0], most_bytes=2000),)
    imap_server.deliver(boxes[0], written("Effacez mes données. " + "x" * 10_000))
    jobs.read_mailboxes()
    (row,) = mails()
    assert not row.is_whole
    assert row.suggested == ["erasure"]


@pytest.fixture
def at():
    """`at(moment)`: the clock, moved there."""
    with time_machine.travel(MONDAY) as clock:
        yield clock.move_to


def reminders():
    found = db.select(OutboxMessage).where(OutboxMessage.origin == "job:remind-of-mails")
    return [mail.subject for mail in db.session.scalars(found)]


def test_a_draft_is_told_of_after_two_working_days_then_daily(at, take_in):
    # A Friday: Monday and Tuesday are the two.
    take_in(written(), at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC))
    jobs.remind_of_mails()
    assert reminders() == []
    at(MONDAY + timedelta(days=1))
    jobs.remind_of_mails()
    jobs.remind_of_mails()
    assert reminders() == ["1 courriel attend d’être examiné"]
    at(MONDAY + timedelta(days=2))
    jobs.remind_of_mails()
    assert len(reminders()) == 2


def test_nobody_is_told_of_what_was_decided(at, take_in):
    row = take_in(written(), at=MONDAY - timedelta(days=9))
    with transaction():
        operations.set_aside(db.session.merge(row), "Rien.", "account:1", now())
    jobs.remind_of_mails()
    assert reminders() == []


def test_what_was_set_aside_goes_after_thirty_days_with_its_file(at, take_in, mails):
    first, second = take_in(written("un")), take_in(written("deux"))
    gone, kept = first.file, second.file
    with transaction():
        operations.set_aside(db.session.merge(first), "Rien.", "account:1", now())
    at(MONDAY + timedelta(days=31))
    retention.purge()
    assert [(row.file, row.state) for row in mails()] == [(kept, State.WAITING)]
    assert gone not in queries.sealed_files()
    # The folder's own times are the real ones.
    at(datetime.now(UTC) + timedelta(days=900))
    end_copies()
    assert {file.name for file in vault._folder().glob("*")} == {kept}


@pytest.mark.parametrize("part", ["txt", "html"])
@pytest.mark.parametrize(("language", "suffix"), [("fr", ""), ("en", ".en")])
def test_the_reminder_is_the_one_we_looked_at(app, language, suffix, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    dues = [date(2026, 11, 20), date(2026, 12, 21)]
    mail = reminder(dues, date(2026, 11, 24), language)
    drawn = f"{mail.subject}\n\n{mail.text}" if part == "txt" else mail.html
    golden = GOLDEN / f"mails_waiting{suffix}.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")
