from datetime import date

import pytest

from mailer import rulebook
from mailer.rights.holidays import easter, holiday_on, holidays

RULES = rulebook.load()
METROPOLE, ALSACE = RULES.calendars["metropole"], RULES.calendars["alsace_moselle"]


@pytest.mark.parametrize(
    ("year", "monday", "ascension", "whit_monday", "good_friday"),
    [
        (2025, (4, 21), (5, 29), (6, 9), (4, 18)),
        (2026, (4, 6), (5, 14), (5, 25), (4, 3)),
        (2027, (3, 29), (5, 6), (5, 17), (3, 26)),
        (2028, (4, 17), (5, 25), (6, 5), (4, 14)),
        (2029, (4, 2), (5, 10), (5, 21), (3, 30)),
        (2030, (4, 22), (5, 30), (6, 10), (4, 19)),
        (2031, (4, 14), (5, 22), (6, 2), (4, 11)),
    ],
)
def test_the_moving_holidays_are_those_of_the_official_table(
    year, monday, ascension, whit_monday, good_friday
):
    assert holiday_on(date(year, *monday), METROPOLE) == "easter_monday"
    assert holiday_on(date(year, *ascension), METROPOLE) == "ascension"
    assert holiday_on(date(year, *whit_monday), METROPOLE) == "whit_monday"
    assert holiday_on(date(year, *good_friday), METROPOLE) is None
    assert holiday_on(date(year, *good_friday), ALSACE) == "good_friday"


def test_two_holidays_on_one_day_are_one_day_off():
    assert len(holidays(2008, METROPOLE)) == 10


def test_easter_is_always_a_sunday_between_22_march_and_25_april():
    for year in range(1900, 2200):
        day = easter(year)
        assert day.weekday() == 6
        assert (3, 22) <= (day.month, day.day) <= (4, 25)


def test_saint_stephen_is_a_day_off_in_alsace_moselle_alone():
    assert holiday_on(date(2026, 12, 26), ALSACE) == "saint_stephen"
    assert holiday_on(date(2026, 12, 26), METROPOLE) is None
