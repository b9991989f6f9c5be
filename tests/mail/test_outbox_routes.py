"""The outbox and its relays: one that is down leaves its mails to another, and no limit holds."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from mail.carrying import Relays

from mailer import shutdown
from mailer.db import db, transaction
from mailer.mail import allowances, jobs, outbox, relay
from mailer.mail.models import OutboxMessage, State
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.relays import Relay

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DOWN = Outcome(Kind.DEFERRED, "4.4.1", "refused", Stage.CONNECT, relay_down=True)
LOST = Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL, relay_down=True)


@pytest.fixture
def clock():
    with time_machine.travel(AT, tick=False) as found:
        yield found


@pytest.fixture
def carrier(app):
    """Two relays, the first of which is for exemple.fr."""
    app.config["SENDING_PER_HOUR"] = 1
    relays = [
        Relay(name="a", host="127.0.0.1", port=2525, recipients=("exemple.fr",)),
        Relay(name="b", host="127.0.0.1", port=2526),
    ]
    app.extensions[allowances.KEY] = allowances.policy(app.config, relays)
    app.extensions[relay.KEY] = Relays()
    return app.extensions[relay.KEY]


def row(number):
    db.session.rollback()
    return db.session.get(OutboxMessage, number, populate_existing=True)


def test_a_confirmation_leaves_though_the_limit_is_reached(write, carrier, clock):
    for name in ("zoe", "ana", "leo"):
        write(name)

    jobs.send_outbox()

    assert [mail.relay for mail in carrier.taken] == ["a"] * 3
    assert allowances.room(AT) == 0


def test_what_a_relay_that_is_down_cannot_carry_leaves_by_another_at_once(write, carrier, clock):
    number = write("zoe")
    carrier.says["a"] = DOWN

    jobs.send_outbox()

    assert (carrier.asked, row(number).state, row(number).attempts) == (["a", "b"], State.SENT, 1)


def test_while_a_relay_is_left_alone_it_is_not_asked(write, carrier, clock):
    carrier.says["a"] = DOWN
    write("zoe")
    jobs.send_outbox()
    write("ana")
    jobs.send_outbox()
    assert carrier.asked == ["a", "b", "b"]

    carrier.says.clear()
    clock.shift(timedelta(seconds=30))
    write("leo")
    jobs.send_outbox()

    assert carrier.asked[3:] == ["a"]
    assert allowances.paused(AT) == {}


def test_when_every_relay_is_down_a_mail_waits_for_the_first_pause_to_end(write, carrier, clock):
    number = write("zoe")
    carrier.says = {"a": DOWN, "b": DOWN}

    jobs.send_outbox()
    jobs.send_outbox()

    assert carrier.asked == ["a", "b"]
    waiting = State.QUEUED, AT + timedelta(seconds=30), 0
    assert (row(number).state, row(number).next_at, row(number).attempts) == waiting


def test_what_did_not_leave_does_not_count(write, carrier, clock):
    carrier.says = {"a": DOWN, "b": DOWN}
    write("zoe")

    jobs.send_outbox()

    clock.shift(timedelta(seconds=30))
    assert allowances.room(AT + timedelta(seconds=30)) == 1


def test_a_mail_that_may_have_left_is_not_hurried_to_another_relay(write, carrier, clock):
    number = write("zoe")
    carrier.says["a"] = LOST

    jobs.send_outbox()

    assert (carrier.asked, row(number).state) == (["a"], State.UNCERTAIN)
    assert row(number).next_at == AT + timedelta(minutes=5)


def test_a_repeated_mail_that_nobody_can_carry_stays_in_doubt(write, carrier, clock):
    number = write("zoe")
    with transaction():
        outbox.claim(1, AT)
        for name in ("a", "b"):
            allowances.pause(name, "4.4.1", AT + outbox.LEASE)
    clock.shift(outbox.LEASE)

    jobs.send_outbox()

    assert (carrier.asked, row(number).state) == ([], State.UNCERTAIN)


def test_an_outbox_of_many_rounds_ends_when_the_process_is_to_end(app, write, carrier):
    for number in range(25):
        write(f"p{number}")
    shutdown.request(app)
    jobs.send_outbox()
    assert carrier.taken == []


def test_a_refusal_of_our_own_is_tried_again(write, carrier, clock):
    number = write("zoe")
    refusal = Outcome(Kind.REJECTED, "5.7.1", "no such sender here", Stage.MAIL)
    carrier.says["a"] = refusal
    jobs.send_outbox()
    assert row(number).state is State.QUEUED


def test_nobody_waits_for_a_relay_longer_than_their_patience(write, carrier, clock):
    number = write("zoe")
    carrier.says = {"a": DOWN, "b": DOWN}
    jobs.send_outbox()
    clock.shift(timedelta(days=6))
    jobs.send_outbox()
    assert row(number).state is State.FAILED
