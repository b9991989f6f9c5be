"""The limits, counted in the database for all workers together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from mailer.db import db, transaction
from mailer.mail import allowances
from mailer.mail.models import RelayPause, SendingWindow
from mailer.mail.relays import Relay

AT = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
ORANGE, FREE = "orange.fr", "free.fr"
SECONDS = {"*": {"per_second": 1000}}


def relay(name, **settings):
    return Relay(name=name, host="127.0.0.1", port=2525, **settings)


@pytest.fixture
def pace(app):
    """`pace(relays, SENDING_PER_HOUR=5)`: the application with these relays and limits."""

    def arranged(*relays, **settings):
        app.config.update(settings)
        found = relays or (relay("a"),)
        app.extensions[allowances.KEY] = allowances.policy(app.config, found)

    arranged()
    return arranged


def grant(*domains, at=AT):
    with transaction():
        return [each.relay for each in allowances.grant(domains, at)]


def urgent(*domains, at=AT):
    with transaction():
        return [(each.relay, each.until) for each in allowances.urgent(domains, at)]


def pause(name="a", at=AT):
    with transaction():
        return allowances.pause(name, "4.4.1", at)


def taken():
    db.session.rollback()
    found = select(SendingWindow.scope, SendingWindow.span, SendingWindow.taken)
    return {(scope, span): number for scope, span, number in db.session.execute(found)}


def test_without_a_limit_everything_is_granted_and_nothing_counted(pace):
    assert grant(*[ORANGE] * 500) == ["a"] * 500
    assert taken() == {}


def test_without_a_limit_a_batch_costs_one_look_at_the_pauses(pace):
    statements = []

    def note(*found):
        statements.append(found[2])

    with transaction():
        event.listen(db.engine, "before_cursor_execute", note)
        allowances.grant([ORANGE] * 500, AT)
        event.remove(db.engine, "before_cursor_execute", note)

    assert len(statements) == 1
    assert "relay_pause" in statements[0]


def test_what_one_batch_was_granted_the_next_one_is_not(pace):
    pace(SENDING_PER_HOUR=3)

    assert grant(ORANGE, FREE) == ["a", "a"]
    assert grant(ORANGE, FREE) == ["a", ""]
    assert grant(ORANGE, at=AT + HOUR) == ["a"]


def test_a_mail_is_counted_under_everything_that_limits_it(pace):
    to_domains = {"orange.fr wanadoo.fr": {"per_hour": 9}}
    pace(relay("a", per_second=5), SENDING_PER_DAY=9, SENDING_TO_DOMAINS=to_domains)

    grant("wanadoo.fr", FREE)

    assert taken() == {
        ("all", "day"): 2,
        ("domain:orange.fr", "hour"): 1,
        ("relay:a", "second"): 2,
    }


def test_what_a_transaction_that_failed_was_granted_is_not_counted(pace):
    pace(SENDING_PER_HOUR=1)
    with transaction():
        allowances.grant([ORANGE], AT)
        db.session.rollback()

    assert grant(ORANGE) == ["a"]


def test_more_domains_than_a_statement_takes_are_counted_all_the_same(pace):
    pace(SENDING_TO_DOMAINS={"*": {"per_second": 1, "per_hour": 1, "per_day": 1}})
    domains = [f"d{n}.exemple.fr" for n in range(700)]

    assert grant(*domains) == ["a"] * 700
    assert grant(*domains) == [""] * 700


def test_workers_together_never_get_more_than_the_limit(app, pace):
    to_domains = {"*": {"per_second": 90, "per_hour": 90}}
    both = relay("a", per_hour=60), relay("b", per_day=70)
    pace(*both, SENDING_PER_HOUR=100, SENDING_TO_DOMAINS=to_domains)
    db.session.rollback()

    def work(number):
        with app.app_context():
            mails = [ORANGE, FREE][:: 1 if number % 2 else -1] * 5
            found = [name for _ in range(5) for name in grant(*mails)]
            db.session.remove()
            return found

    with ThreadPoolExecutor(4) as workers:
        granted = [name for found in workers.map(work, range(8)) for name in found if name]

    assert len(granted) == 100
    assert granted.count("a") <= 60
    assert taken()["all", "hour"] == 100


def test_workers_that_grant_and_give_back_at_once_never_wait_for_each_other_in_a_ring(app, pace):
    pace(relay("a", per_hour=10_000), SENDING_PER_SECOND=1000, SENDING_TO_DOMAINS=SECONDS)
    db.session.rollback()

    def work(number):
        with app.app_context():
            instants = [AT + n % 3 * SECOND for n in range(number, number + 6)]
            for at in instants:
                grant(ORANGE, FREE, at=at)
            with transaction():
                back = {at: [("a", ORANGE), ("a", FREE)] for at in reversed(instants)}
                allowances.refund(back, AT)
            db.session.remove()
            return 2 * len(instants) - 2 * len(back)

    with ThreadPoolExecutor(4) as workers:
        left = sum(workers.map(work, range(12)))

    assert taken()["relay:a", "hour"] == left


def test_what_never_left_is_given_back_within_its_span(pace):
    pace(SENDING_PER_SECOND=2, SENDING_PER_HOUR=2)
    grant(ORANGE, FREE)
    with transaction():
        allowances.refund({AT: [("a", FREE)]}, AT + SECOND)

    assert taken() == {("all", "second"): 2, ("all", "hour"): 1}
    assert grant(ORANGE, ORANGE, at=AT + SECOND) == ["a", ""]


def test_nothing_is_given_back_that_was_not_counted(pace):
    pace(SENDING_PER_HOUR=2)
    grant(ORANGE)
    with transaction():
        allowances.refund({AT: [("a", FREE), ("gone", ORANGE)], AT - HOUR: [("", FREE)]}, AT)

    assert taken() == {("all", "hour"): 0}


def test_the_room_shrinks_with_what_is_granted(pace):
    assert allowances.room(AT) is None
    pace(SENDING_PER_HOUR=3)
    grant(ORANGE, FREE)

    assert allowances.room(AT) == 1
    assert allowances.room(AT + HOUR) == 3


def test_urgent_mails_pass_every_limit_and_count(pace):
    pace(SENDING_PER_HOUR=2)

    assert urgent(ORANGE, FREE, ORANGE) == [("a", None)] * 3
    assert grant(ORANGE) == [""]
    assert allowances.room(AT) == 0


def test_urgent_mails_take_another_relay_when_theirs_is_down_and_wait_when_all_are(pace):
    pace(relay("a", recipients=(ORANGE,)), relay("b"))
    assert urgent(ORANGE) == [("a", None)]

    pause("a")
    assert urgent(ORANGE) == [("b", None)]

    until = pause("b", AT - SECOND)
    assert urgent(ORANGE) == [("", until)]


def test_a_relay_that_fails_again_and_again_is_left_alone_for_a_minute(pace):
    at, lengths = AT, []
    for _ in range(8):
        until = pause(at=at)
        lengths.append((until - at) // SECOND)
        at = until

    assert lengths == [30] + [60] * 7


def test_several_workers_that_a_relay_fails_at_once_make_one_pause(app, pace):
    db.session.rollback()

    def fail(seconds):
        with app.app_context():
            until = pause(at=AT + seconds * SECOND)
            db.session.remove()
            return until

    with ThreadPoolExecutor(4) as workers:
        ends = set(workers.map(fail, [0] * 8))

    assert ends == {AT + 30 * SECOND}
    with transaction():
        assert db.session.get_one(RelayPause, "a").times == 1


def test_a_relay_that_answers_is_taken_for_sound_again(pace):
    pause()
    with transaction():
        allowances.answers("a")

    assert allowances.paused(AT) == {}
    assert pause() == AT + 30 * SECOND


def test_a_pause_of_a_relay_that_is_asked_no_more_is_forgotten_after_a_day(pace):
    until = pause("gone")
    left = []
    for later in (24 * HOUR, 24 * HOUR + SECOND):
        with transaction():
            allowances.purge(until + later)
        left.append(db.session.scalar(select(func.count()).select_from(RelayPause)))

    assert left == [1, 0]


def test_a_relay_that_is_not_named_is_the_first_one(pace):
    pace(relay("a"), relay("b"))
    pause("")
    assert grant(ORANGE) == ["b"]

    with transaction():
        allowances.answers("")
    assert allowances.paused(AT) == {}


def test_a_paused_relay_gets_nothing_from_any_worker_until_its_pause_is_over(pace):
    until = pause()

    assert grant(ORANGE) == [""]
    assert (allowances.room(AT), allowances.held(AT).until) == (0, until)
    assert grant(ORANGE, at=until) == ["a"]
    assert allowances.held(until) is None


def test_each_relay_says_how_it_stands(pace):
    pace(relay("a", per_hour=5, per_day=9), relay("b"))
    pause("b")
    grant(ORANGE, FREE)
    first, second = allowances.standing(AT)

    assert first.pause is None
    assert [(limit.span, used, limit.most) for limit, used in first.used] == [
        ("hour", 2, 5),
        ("day", 2, 9),
    ]
    assert (second.name, second.pause.status, second.used) == ("b", "4.4.1", ())


def test_counts_are_deleted_once_their_span_is_over(pace):
    pace(SENDING_PER_SECOND=9, SENDING_PER_HOUR=9, SENDING_PER_DAY=9)
    grant(ORANGE)

    left = []
    for later in (SECOND, 10 * MINUTE, 4 * HOUR, 72 * HOUR):
        with transaction():
            allowances.purge(AT + later)
        left.append(db.session.scalar(select(func.count()).select_from(SendingWindow)))

    assert left == [3, 2, 1, 0]
