"""A chunk is as large as lets others in."""

import pytest

from mailer.subscriptions.imports.progress import AIM_SECONDS, FEWEST, MOST, Pace


@pytest.mark.parametrize(
    ("rows", "seconds", "next_rows"),
    [
        (2_000, AIM_SECONDS, 2_000),
        (2_000, AIM_SECONDS * 2, 1_000),
        (2_000, 0.0, 4_000),
        (8_000, 0.01, MOST),
        (600, 30.0, FEWEST),
    ],
)
def test_a_chunk_that_took_long_makes_the_next_smaller(rows, seconds, next_rows):
    assert Pace(rows).after(seconds).rows == next_rows
