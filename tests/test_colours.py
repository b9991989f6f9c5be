"""Colours as WCAG counts them."""

import pytest

from mailer import colours
from mailer.errors import Invalid


def test_contrast_runs_from_one_to_twenty_one():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#0b5d4e", "#0b5d4e") == pytest.approx(1)


def test_a_known_pair_counts_as_the_standard_counts_it():
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_mixed_colour_lies_between_the_two():
    assert colours.mixed("#000000", "#ffffff", 0) == "#000000"
    assert colours.mixed("#000000", "#ff8000", 0.5) == "#804000"
    assert colours.mixed("#000000", "#ffffff", 1) == "#ffffff"


@pytest.mark.parametrize("text", ["#0B5D4E", "0b5d4e", " #0b5d4e "])
def test_a_colour_is_read_as_people_type_it(text):
    assert colours.parse(text) == "#0b5d4e"


@pytest.mark.parametrize("text", ["vert", "#0b5", "#0b5d4e;}", "", "rgb(1,2,3)"])
def test_anything_else_is_no_colour(text):
    with pytest.raises(Invalid):
        colours.parse(text)
