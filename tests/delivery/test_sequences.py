"""A series of letters, from the button of the confirmation to the mailbox."""

from datetime import timedelta

import pytest
from delivery.sequence_world import (
    DAY,
    MINUTE,
    ask,
    got,
    join,
    later,
    leave,
    pause,
    press,
    series,
    start,
    work,
    work_later,
)
from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.clock import now, paris_day
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import closing, elections, enrolling, pipeline, restoring, sequences
from mailer.delivery import sequence_queries as queries
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.sequence_rules import SequenceState
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters import operations as newsletters
from mailer.newsletters import queries as letters
from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Draft
from mailer.subscriptions.models import Subscriber

WELCOME, AFTER_THREE, AFTER_TEN = "Bienvenue", "Le port en cinq adresses", "Les marées"


@pytest.fixture
def running(write, list_id, sender, relay):
    """A series of three letters that was just started."""
    number = series(
        list_id, sender, (0, write(WELCOME)), (3, write(AFTER_THREE)), (10, write(AFTER_TEN))
    )
    start(number, sender)
    return number


def deliveries():
    db.session.rollback()
    return db.session.scalars(select(Delivery).order_by(Delivery.id)).all()


def campaigns():
    db.session.rollback()
    return db.session.scalars(select(Campaign).order_by(Campaign.id)).all()


def test_the_welcome_leaves_after_the_button_and_not_before(running, list_id, relay):
    link = ask(list_id)
    work()
    assert relay.taken == []

    press(link)
    work()

    assert got(relay) == [WELCOME]


def test_each_letter_leaves_on_its_day_and_none_twice_however_often_the_worker_looks(
    running, list_id, relay
):
    join(list_id)
    for day in (0, 0, 2, 3, 3, 9, 10, 11, 45, 80, 400):
        work_later(day * DAY + MINUTE)
    assert got(relay) == [WELCOME, AFTER_THREE, AFTER_TEN]
    assert [each.state for each in campaigns()] == [CampaignState.FINISHED] * 3


def test_the_campaign_of_a_letter_wakes_for_the_next_newcomer_and_tells_the_record_once(
    running, list_id, relay
):
    join(list_id)
    work()
    join(list_id, "p2@exemple.fr")
    work_later(DAY)

    assert got(relay, "p2@exemple.fr") == [WELCOME]
    (only,) = campaigns()
    told = select(Entry.verb).where(Entry.subject == f"campaign:{only.id}").order_by(Entry.id)
    assert list(db.session.scalars(told)) == ["schedule", "start"]


def test_two_workers_that_look_at_once_promise_a_letter_once(running, list_id, relay):
    join(list_id)
    with transaction():
        enrolling.enrol(running, now())
    with transaction():
        enrolling.enrol(running, now())
    assert len(deliveries()) == 1


@pytest.mark.parametrize("before", ["start", "stop and start"])
def test_only_those_count_who_confirm_after_the_start(before, write, list_id, sender, relay):
    number = series(list_id, sender, (0, write(WELCOME)))
    join(list_id)
    start(number, sender)
    if before != "start":
        with transaction():
            sequences.stop(queries.locked(number), "account:1", now())
        join(list_id, "p2@exemple.fr")
        start(number, sender)
    work()
    assert relay.taken == []


@pytest.mark.parametrize("why", ["leaves", "objects", "is restricted"])
def test_any_withdrawal_stops_the_rest_at_once(why, running, list_id, relay):
    join(list_id)
    work()
    with later(3 * DAY + MINUTE):
        # Promised, and not sent yet: the claim asks again.
        with transaction():
            enrolling.enrol(running, now())
        stop_writing(why)
        work()
    work_later(11 * DAY)

    assert got(relay) == [WELCOME]
    assert [each.state for each in deliveries()] == [DeliveryState.SENT, DeliveryState.WITHHELD]


def stop_writing(why):
    if why == "leaves":
        leave()
        return
    reason = Reason.OBJECTION if why == "objects" else Reason.RESTRICTION
    with transaction():
        digest = db.session.query(Subscriber.fingerprint).scalar()
        consent.suppress(digest, reason, now(), "test")


@pytest.mark.parametrize(("away", "expected"), [(10, 1), (29, 1), (31, 2), (200, 2)])
def test_whoever_comes_back_is_welcomed_again_after_a_month(
    away, expected, running, list_id, relay
):
    join(list_id)
    work()
    leave()
    with later(away * DAY):
        join(list_id)
        work()
        work()
    assert got(relay) == [WELCOME] * expected


def test_a_paused_series_sends_nothing_and_then_what_fell_due_one_by_one(
    running, list_id, sender, relay
):
    join(list_id)
    with transaction():
        enrolling.enrol(running, now())
    pause(running)
    work()
    work_later(12 * DAY)
    assert relay.taken == []

    with later(12 * DAY + MINUTE):
        start(running, sender)
        work()
        work()
        assert got(relay) == [WELCOME]
    for day in (13, 14, 15, 16):
        work_later(day * DAY)
    assert got(relay) == [WELCOME, AFTER_THREE, AFTER_TEN]


def test_what_a_long_pause_made_too_late_is_passed_over(running, list_id, sender, relay):
    join(list_id)
    pause(running)
    with later(68 * DAY):
        start(running, sender)
        work()
    work_later(69 * DAY)
    assert got(relay) == [AFTER_TEN]


def test_a_letter_that_is_added_later_reaches_those_who_are_not_past_its_day(
    running, write, list_id, sender, relay
):
    join(list_id, "ancienne@exemple.fr")
    with later(6 * DAY):
        join(list_id, "nouvelle@exemple.fr")
        pause(running)
        with transaction():
            sequences.add(queries.locked(running), 5, write("Ajoutée"), "account:1", now())
        start(running, sender)
        work()
    work_later(7 * DAY)
    work_later(11 * DAY + MINUTE)
    work_later(12 * DAY)
    assert "Ajoutée" not in got(relay, "ancienne@exemple.fr")
    assert "Ajoutée" in got(relay, "nouvelle@exemple.fr")


def test_a_letter_that_changed_leaves_when_it_is_approved_and_started_again(
    write, list_id, sender, relay
):
    letter = write(WELCOME)
    number = series(list_id, sender, (0, letter))
    start(number, sender)
    with transaction():
        approving.take_back(letters.locked(letter), "account:1", now())
    join(list_id)
    work()
    with pytest.raises(Conflict), transaction():
        sequences.start(queries.locked(number), sender, now())

    with transaction():
        issue = letters.locked(letter)
        draft = Draft("Soyez la bienvenue", issue.preheader, parse(issue.blocks))
        newsletters.save(issue, draft, issue.revision, now(), "account:9")
        newsletters.approve(issue, issue.revision, "account:1", now())
    work()
    assert relay.taken == []

    start(number, sender)
    work()
    assert got(relay) == ["Soyez la bienvenue"]


def test_whoever_had_the_letter_of_a_day_does_not_get_the_one_that_replaces_it(
    running, write, list_id, sender, relay
):
    join(list_id)
    work()
    pause(running)
    with transaction():
        step = queries.locked(running).steps[0]
        sequences.change(step, 0, write("Bienvenue à bord"), "account:1", now())
    start(running, sender)
    join(list_id, "p2@exemple.fr")
    work()
    assert got(relay) == [WELCOME]
    assert got(relay, "p2@exemple.fr") == ["Bienvenue à bord"]


def test_a_campaign_that_somebody_ended_has_a_successor_once_the_series_is_started_again(
    running, list_id, sender, relay
):
    join(list_id)
    with transaction():
        enrolling.enrol(running, now())
        pipeline.give_up(queries.sequence(running).steps[0].rounds[0].campaign_id, "x:1", now())
    join(list_id, "p2@exemple.fr")
    work()
    assert relay.taken == []

    start(running, sender)
    work()
    assert got(relay) == []
    assert got(relay, "p2@exemple.fr") == [WELCOME]


def test_a_series_that_runs_is_not_changed(running, write):
    with pytest.raises(Conflict), transaction():
        sequences.add(queries.locked(running), 20, write("Ajoutée"), "account:1", now())


def test_what_was_promised_is_withheld_by_a_stop(running, list_id, relay):
    join(list_id)
    with transaction():
        enrolling.enrol(running, now())
        sequences.stop(queries.locked(running), "account:1", now())
    work()
    assert relay.taken == []
    assert [each.state for each in deliveries()] == [DeliveryState.WITHHELD]


def test_closing_the_list_stops_its_series(running, list_id, relay):
    join(list_id)
    work()
    with transaction():
        assert closing.loss(list_id).series
        closing.close(list_id, "account:1", now())
    work_later(4 * DAY)
    assert queries.sequence(running).state is SequenceState.STOPPED
    assert got(relay) == [WELCOME]


def test_nothing_goes_on_by_itself_after_a_backup_was_put_back(running, list_id, relay):
    join(list_id)
    with transaction():
        restoring.hold_all("account:1", now())
    work()
    assert relay.taken == []
    assert queries.sequence(running).state is SequenceState.PAUSED


def test_before_an_election_it_waits_for_a_second_look(running, list_id, sender, relay):
    tomorrow = now() + DAY
    with transaction():
        first, last = paris_day(tomorrow), paris_day(tomorrow + timedelta(days=20))
        elections.add(elections.PeriodData("Municipales", first, last), "account:1")
    with later(DAY + MINUTE):
        join(list_id)
        work()
        assert relay.taken == []
        start(running, sender)
        work()
    assert got(relay) == [WELCOME]
