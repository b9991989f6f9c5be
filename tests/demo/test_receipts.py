"""Whatever the day, one request of the demo is late and two are due within the week."""

from datetime import date, timedelta

import pytest

from mailer import rulebook
from mailer.demo.receipts import receipts
from mailer.rights.deadlines import answer_due

RULES = rulebook.load()
YEAR = [date(2026, 9, 1) + timedelta(days=ahead) for ahead in range(0, 730, 5)]


@pytest.mark.parametrize("calendar", RULES.calendars)
@pytest.mark.parametrize("today", YEAR, ids=str)
def test_the_real_rule_gives_the_wanted_dates(today, calendar):
    def days_left(received):
        return (answer_due(received, RULES, calendar).due - today).days

    found = receipts(today, RULES, calendar)
    assert days_left(found.late) < 0
    assert all(0 < days_left(received) <= 7 for received in found.soon)
    assert found.soon[0] != found.soon[1]
    assert all(days_left(received) > 7 for received in found.recent)
