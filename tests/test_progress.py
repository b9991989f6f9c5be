"""How far something long is, in words."""

import pytest

from mailer import progress


@pytest.mark.parametrize(
    ("done", "whole", "seconds", "line"),
    [
        (2_000, 10_000, 5, "2,000 of 10,000 events, about 20 s to go"),
        (900_000, 1_000_000, 54, "900,000 of 1,000,000 events, about 6 s to go"),
        (1, 1, 9, "1 of 1 events, about 0 s to go"),
        (12, 10, 6, "12 of 10 events, about 0 s to go"),
    ],
)
def test_the_rest_takes_as_long_as_what_is_done_did(done, whole, seconds, line):
    assert progress.said("events", done, whole, seconds) == line
