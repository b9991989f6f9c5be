"""A colour that not everyone can read is refused, and every other works on both screens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.errors import Invalid
from mailer.subscriptions.embedding import colours

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_runs_from_one_to_twenty_one():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#0b5d4e", "#0b5d4e") == pytest.approx(1)


def test_a_known_pair_counts_as_the_standard_counts_it():
    assert colours.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("text", ["#0B5D4E", "0b5d4e", " #0b5d4e "])
def test_a_colour_is_read_as_people_type_it(text):
    assert colours.parse(text) == "#0b5d4e"


@pytest.mark.parametrize("text", ["vert", "#0b5", "#0b5d4e;}", "", "rgb(1,2,3)"])
def test_anything_else_is_no_colour(text):
    with pytest.raises(Invalid):
        colours.parse(text)


def test_a_pale_colour_is_refused():
    with pytest.raises(Invalid):
        colours.on_light("#ffcc00")


@given(COLOURS)
def test_on_a_dark_screen_every_colour_is_made_readable(colour):
    accent = colours.on_dark(colour)

    assert colours.contrast(accent.colour, colours.DARK_CARD) >= colours.READABLE
    assert colours.contrast(accent.colour, accent.on) >= colours.READABLE
