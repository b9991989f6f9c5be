"""Every criterion of the RGAA says how it was looked at, by tests that exist or by whom."""

from collections import Counter

import pytest
from named_tests import TEST, missing

from mailer.web import accessibility, rgaa

# RGAA 4.1.2: how many criteria each of the thirteen themes has.
THEMES = {
    1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12,
}  # fmt: skip
WAYS = {"auto", "script", "manuel", "-"}


@pytest.fixture
def criteria():
    return accessibility.criteria()


def test_the_criteria_of_every_theme_stand_once_and_in_order(criteria):
    numbers = [tuple(map(int, each.number.split("."))) for each in criteria]

    assert Counter(theme for theme, _ in numbers) == THEMES
    assert sorted(set(numbers)) == numbers


def test_every_criterion_says_what_it_asks_and_how_that_was_looked_at(criteria):
    assert [each.number for each in criteria if not (each.asks and each.shown_by)] == []
    assert {each.how for each in criteria} == WAYS


def test_what_is_said_to_be_shown_by_a_test_names_one(criteria):
    silent = [
        each.number
        for each in criteria
        if each.how in {"auto", "script"} and not TEST.search(each.shown_by)
    ]

    assert silent == []


def test_every_test_that_a_criterion_names_exists(root, criteria):
    assert missing(root, " ".join(each.shown_by for each in criteria)) == []


def test_only_what_applies_nowhere_was_not_looked_at(criteria):
    skipped = {state for each in criteria if each.how == "-" for state in (each.public, each.desk)}

    assert skipped == {rgaa.State.NOT_APPLICABLE}


def test_what_is_not_met_says_what_people_meet(criteria):
    assert [each.number for each in rgaa.gaps(criteria) if not each.gap] == []


def test_the_documentation_shows_this_table(root):
    shown = (root / "docs/accessibility/rgaa.csv").read_text(encoding="utf-8")

    assert rgaa.read(shown) == accessibility.criteria()
