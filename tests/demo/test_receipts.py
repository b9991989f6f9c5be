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
    found = receipts(today, RULES, calendar)
    left = {
        name: (answer_due(day, RULES, calendar).due - today).days for name, day in found.items()
    }
    assert left["late"] < 0
    assert 0 < left["urgent"] <= left["soon"] <= 7
    assert 7 < left["last-week"] <= left["yesterday"]
