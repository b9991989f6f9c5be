"""Why no campaign sends now, in plain data."""

from datetime import UTC, datetime, timedelta

from mailer.db import transaction
from mailer.delivery import holding, pace
from mailer.mail import allowances

NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def test_nothing_holds_a_campaign_by_day(app):
    app.config["QUIET_HOURS"] = "22:00-07:00"

    assert holding.now_held(MORNING) is None


def test_quiet_hours_hold_every_campaign_until_the_morning(app):
    app.config["QUIET_HOURS"] = "22:00-07:00"
    held = holding.now_held(NIGHT)

    assert (held.by, held.until) == (pace.QUIET_HOURS, MORNING)


def test_a_limit_that_is_reached_is_named_with_its_end(app):
    app.config["SENDING_PER_HOUR"] = 2
    allowances.install(app)
    with transaction():
        allowances.grant(["orange.fr"] * 2, MORNING)
    held = holding.now_held(MORNING)

    assert (held.by, held.span, held.until) == ("all", "hour", MORNING + timedelta(hours=1))


def test_of_two_reasons_the_one_that_lasts_longer_is_told(app):
    app.config["QUIET_HOURS"] = "22:00-07:00"
    with transaction():
        (only,) = allowances.standing(NIGHT)
        allowances.pause(only.name, "4.4.1", NIGHT)

    assert holding.now_held(NIGHT).by == pace.QUIET_HOURS
    assert holding.quiet_until(MORNING) is None
