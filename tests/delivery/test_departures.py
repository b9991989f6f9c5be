"""Hours are those of the clocks in Paris, also on the two days when these are moved."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from werkzeug.datastructures import MultiDict

from mailer.clock import PARIS, now
from mailer.db import transaction
from mailer.delivery import campaigns, jobs
from mailer.delivery.forms import SendForm


@pytest.fixture
def choose(app):
    """`choose("2027-03-28", "02:30")`: the form, filled in with that hour."""

    def filled(day, hour):
        typed = MultiDict({"run": "1", "when": "later", "day": day, "hour": hour})
        with app.test_request_context(method="POST", data=typed):
            form = SendForm(meta={"csrf": False})
            form.validate()
            return form

    return filled


@time_machine.travel("2027-03-27T20:00:00+00:00")
def test_an_hour_that_the_clocks_skip_is_refused(choose):
    (sentence,) = choose("2027-03-28", "02:30").hour.errors
    assert "Cette heure n’existe pas" in sentence


@time_machine.travel("2026-10-24T20:00:00+00:00")
def test_of_an_hour_that_comes_twice_the_first_is_meant(choose):
    form = choose("2026-10-25", "02:30")
    assert form.errors == {}
    assert form.starts_at.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@time_machine.travel("2026-10-24T20:00:00+00:00")
def test_both_hours_are_those_of_the_day_that_was_chosen(choose):
    assert str(choose("2026-10-25", "23:30").departs_on) == "2026-10-25"


@pytest.mark.parametrize("day", ["2027-03-28", "2026-10-25"])
def test_nine_o_clock_is_nine_o_clock_across_the_change(order, subscribe, relay, choose, day):
    nine = datetime.combine(date.fromisoformat(day), time(9), PARIS).astimezone(UTC)
    with time_machine.travel(nine - timedelta(hours=23)):
        subscribe(1)
        with transaction():
            campaigns.schedule(replace(order, starts_at=choose(day, "09:00").starts_at), now())
    assert [left_at(nine + timedelta(seconds=each), relay) for each in (-1, 0, 1)] == [0, 1, 1]


def left_at(at, relay):
    """How many mails have left once the worker has looked at that time."""
    with time_machine.travel(at):
        jobs.start_due()
        jobs.send_batches()
    return len(relay.taken)
