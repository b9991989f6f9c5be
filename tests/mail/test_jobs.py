"""The outbox on its way: nothing lost, nothing marked sent that was not taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from mailer.clock import now
from mailer.db import db, transaction
from mailer.errors import Invalid
from mailer.mail import jobs, outbox
from mailer.mail.models import OutboxMessage, State
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.retry import LONGEST_RELAY_PAUSE

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = Outcome(Kind.DEFERRED, "4.2.2", "zoe@exemple.fr is full", Stage.RCPT)
NEVER = Outcome(Kind.REJECTED, "5.1.1", "no zoe@exemple.fr", Stage.RCPT)
LOST = Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL)
DOWN = Outcome(Kind.DEFERRED, "4.4.1", "refused", Stage.CONNECT, relay_down=True)


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as found:
        yield found


def row(number):
    db.session.rollback()
    return db.session.get(OutboxMessage, number, populate_existing=True)


def test_a_mail_leaves_once(write, carrier):
    number = write("zoe")

    jobs.send_outbox()
    jobs.send_outbox()

    assert [mail.recipient for mail in carrier.taken] == ["zoe@exemple.fr"]
    assert b"Message-ID: <zoe@exemple.fr>\r\n" in carrier.taken[0].content
    assert row(number).state is State.SENT


def test_of_a_mail_that_left_only_ids_are_kept(write, carrier):
    number = write("zoe")

    jobs.send_outbox()

    kept = row(number)
    assert (kept.recipient, kept.subject, kept.text, kept.html) == (None,) * 4
    assert (kept.message_id, kept.origin, kept.status) == ("<zoe@exemple.fr>", "test:zoe", "2.0.0")


def test_a_deferred_mail_waits_for_its_hour(write, carrier, clock):
    number = write("zoe")
    carrier.answers["zoe@exemple.fr"] = LATER
    jobs.send_outbox()
    carrier.answers.clear()

    jobs.send_outbox()
    assert (row(number).state, row(number).next_at) == (State.QUEUED, AT + timedelta(minutes=5))

    clock.shift(timedelta(minutes=5))
    jobs.send_outbox()
    assert row(number).state is State.SENT


def test_a_refused_mail_is_given_up_and_the_others_leave(write, carrier):
    refused, _ = write("zoe"), write("ana")
    carrier.answers["zoe@exemple.fr"] = NEVER

    jobs.send_outbox()

    assert (row(refused).state, row(refused).status) == (State.FAILED, "5.1.1")
    assert [mail.recipient for mail in carrier.taken] == ["ana@exemple.fr"]


def test_a_mail_that_may_have_been_taken_leaves_again_with_its_id(write, carrier, clock):
    write("zoe")
    carrier.answers["zoe@exemple.fr"] = LOST
    jobs.send_outbox()
    carrier.answers.clear()

    clock.shift(timedelta(minutes=5))
    jobs.send_outbox()

    assert b"Message-ID: <zoe@exemple.fr>\r\n" in carrier.taken[0].content


def test_a_mail_twice_in_doubt_is_given_up_and_logged(write, carrier, clock, capsys):
    number = write("zoe")
    carrier.answers["zoe@exemple.fr"] = LOST
    for _ in range(3):
        jobs.send_outbox()
        clock.shift(timedelta(hours=2))

    assert (row(number).state, row(number).attempts) == (State.FAILED, 2)
    assert f"event=outbox.failed mail={number} status=4.4.2" in capsys.readouterr().err


def test_a_mail_once_in_doubt_still_waits_for_a_relay_that_asks_for_patience(write, carrier, clock):
    number = write("zoe")
    for answer in (LOST, LATER, DOWN, LATER):
        carrier.answers["zoe@exemple.fr"] = answer
        jobs.send_outbox()
        clock.shift(timedelta(hours=2))
    assert row(number).state is State.UNCERTAIN

    carrier.answers["zoe@exemple.fr"] = LOST
    jobs.send_outbox()

    assert row(number).state is State.FAILED


def test_a_mail_that_kills_its_worker_twice_is_given_up(write, carrier, clock, capsys):
    number = write("zoe")
    for _ in range(2):
        with transaction():
            outbox.claim(20, now())
        clock.shift(outbox.LEASE)

    jobs.send_outbox()

    assert (row(number).state, row(number).recipient, carrier.taken) == (State.FAILED, None, [])
    assert f"event=outbox.failed mail={number}" in capsys.readouterr().err


def test_a_mail_that_cannot_be_written_is_refused_at_once(message):
    with transaction(), pytest.raises(Invalid, match="Subject"):
        outbox.put(replace(message("zoe"), subject="Bonjour\r\nBcc: ana@exemple.fr"), "test")


def test_while_the_relay_is_down_everything_waits_and_nothing_counts(write, carrier, clock):
    numbers = [write(name) for name in ("zoe", "ana")]
    carrier.answers = {"zoe@exemple.fr": DOWN, "ana@exemple.fr": DOWN}
    for _ in range(240):
        jobs.send_outbox()
        clock.shift(timedelta(seconds=30))
    assert {(row(n).state, row(n).attempts) for n in numbers} == {(State.QUEUED, 0)}

    carrier.answers.clear()
    clock.shift(LONGEST_RELAY_PAUSE)
    jobs.send_outbox()

    assert {row(n).state for n in numbers} == {State.SENT}


def test_a_confirmation_is_given_up_after_its_day(write, carrier, clock):
    number = write("zoe", patience=timedelta(hours=24))
    carrier.answers["zoe@exemple.fr"] = LATER

    for _ in range(25):
        jobs.send_outbox()
        clock.shift(timedelta(hours=1))

    assert (row(number).state, row(number).recipient) == (State.FAILED, None)


def test_the_mail_of_a_worker_that_died_leaves_after_its_lease(write, carrier, clock):
    number = write("zoe")
    with transaction():
        assert [each.id for each in outbox.claim(20, AT)] == [number]

    jobs.send_outbox()
    assert carrier.taken == []

    clock.shift(outbox.LEASE)
    jobs.send_outbox()
    assert row(number).state is State.SENT


def test_what_a_late_worker_says_no_longer_counts(write, clock):
    number = write("zoe")
    with transaction():
        (late,) = outbox.claim(20, AT)
    with transaction():
        outbox.claim(20, AT + outbox.LEASE)

    with transaction():
        outbox.record(late, NEVER, AT + outbox.LEASE)

    assert row(number).state is State.REPEATED


def test_nothing_leaves_of_a_transaction_that_failed(write, carrier):
    write("zoe")
    with pytest.raises(IntegrityError):
        write("zoe")

    jobs.send_outbox()

    assert len(carrier.taken) == 1


def test_the_log_says_how_many_and_never_whom(write, carrier, capsys):
    write("zoe")
    carrier.answers["zoe@exemple.fr"] = LATER

    jobs.send_outbox()

    logged = capsys.readouterr().err
    assert "event=outbox.sent deferred=1" in logged
    assert "zoe" not in logged
