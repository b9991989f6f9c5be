"""Which limits, routes and hours the settings may give."""

from datetime import UTC, datetime

import pytest

from mailer.app import create_app
from mailer.mail import allowances, relay
from mailer.settings import BadSetting

AT = datetime(2026, 11, 24, 9, 30, 15, tzinfo=UTC)
RELAY = {"name": "a", "host": "127.0.0.1", "security": "plain"}


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SENDING_PER_SECOND": -1}, "SENDING_PER_SECOND must be a whole number, 0 for no limit"),
        ({"SENDING_PER_HOUR": -1}, "SENDING_PER_HOUR must be"),
        ({"SENDING_PER_DAY": -1}, "SENDING_PER_DAY must be"),
        ({"SENDING_WARM_UP": [200, 0]}, "SENDING_WARM_UP must be numbers of mails"),
        ({"SENDING_WARM_UP": ["200"]}, "SENDING_WARM_UP must be numbers of mails"),
        ({"SENDING_TO_DOMAINS": {"orange.fr": 5}}, r'SENDING_TO_DOMAINS\["orange.fr"\] must be'),
        (
            {"SMTP_RELAYS": [RELAY | {"recipients": ["orange.fr"]}]},
            "SMTP_RELAYS must name one that takes every mail from exemple.fr",
        ),
        ({"QUIET_HOURS": "22h-7h"}, 'QUIET_HOURS must be empty, or hours such as "22:00-07:00"'),
        ({"QUIET_HOURS": "22:00-24:00"}, "QUIET_HOURS must be"),
        ({"QUIET_HOURS": "22:00-22:00"}, "QUIET_HOURS must be"),
    ],
)
def test_a_setting_that_says_no_pace_refuses_to_start(tmp_path, settings, sentence):
    with pytest.raises(BadSetting, match=sentence):
        create_app({"DATA_FOLDER": str(tmp_path), **settings})


def test_the_limits_of_a_relay_and_its_warm_up_are_those_of_the_settings(app):
    warming = RELAY | {"name": "b", "per_second": 5, "warm_up_from": "2026-11-23"}
    app.config["SMTP_RELAYS"] = [RELAY | {"per_hour": 9}, warming]
    app.config["SENDING_WARM_UP"] = [200, 500]
    relay.install(app)
    allowances.install(app)
    first, second = allowances.standing(AT)

    assert [(limit.span, limit.most) for limit, _ in first.used] == [("hour", 9)]
    assert [(limit.span, limit.most) for limit, _ in second.used] == [("second", 5), ("day", 500)]
