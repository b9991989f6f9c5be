"""A series that is paused, changed, stopped or held, while its days go on."""

from datetime import timedelta

import pytest
from delivery.sequence_world import (
    AFTER_TEN,
    AFTER_THREE,
    DAY,
    MINUTE,
    WELCOME,
    deliveries,
    got,
    join,
    later,
    pause,
    series,
    start,
    work,
    work_later,
)

from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.delivery import closing, elections, enrolling, pipeline, restoring, sequences
from mailer.delivery import sequence_queries as queries
from mailer.delivery.sequence_rules import SequenceState
from mailer.delivery.states import DeliveryState
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters import operations as newsletters
from mailer.newsletters import queries as letters
from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Draft


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


def test_no_campaign_of_a_paused_series_is_resumed_alone(running, list_id, sender, staff, relay):
    join(list_id)
    with transaction():
        enrolling.enrol(running, now())
    pause(running)
    page = f"/bureau/envois/{queries.sequence(running).steps[0].rounds[0].campaign_id}"
    desk = staff("sender")

    assert "fin-de-pause" not in desk.get(page).text
    assert f"/bureau/series/{running}" in desk.get(page).text
    assert desk.submit(f"{page}/fin-de-pause").status_code == 409
    work()
    assert relay.taken == []


def test_what_a_long_pause_made_too_late_is_passed_over(running, list_id, sender, relay):
    join(list_id)
    pause(running)
    with later(68 * DAY):
        start(running, sender)
        work()
    work_later(69 * DAY)
    assert got(relay) == [AFTER_TEN]


def test_what_was_promised_before_a_long_pause_is_too_late_as_well(running, list_id, sender, relay):
    join(list_id)
    with transaction():
        enrolling.enrol(running, now())
    pause(running)
    with later(60 * DAY + MINUTE):
        start(running, sender)
        work()
    work_later(62 * DAY)
    assert got(relay) == [AFTER_THREE]


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
