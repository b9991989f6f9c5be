"""A colour that not everyone can read is refused, and every other works on both screens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailer.colours import READABLE, contrast
from mailer.errors import Invalid
from mailer.subscriptions.embedding import colours

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_a_pale_colour_is_refused():
    with pytest.raises(Invalid):
        colours.on_light("#ffcc00")


@given(COLOURS)
def test_on_a_dark_screen_every_colour_is_made_readable(colour):
    accent = colours.on_dark(colour)

    assert contrast(accent.colour, colours.DARK_CARD) >= READABLE
    assert contrast(accent.colour, accent.on) >= READABLE
