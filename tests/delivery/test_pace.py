from datetime import timedelta

import pytest

from mailer.delivery import pace


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [(50, 0.01, 200), (200, 0.1, 500), (500, 0.1, 500), (500, 10, 100), (100, 60, 10), (50, 2, 50)],
)
def test_a_batch_takes_about_two_seconds_and_grows_by_steps(size, seconds, expected):
    assert pace.next_batch(size, timedelta(seconds=seconds)) == expected


def test_a_batch_that_took_no_time_only_grows():
    assert pace.next_batch(50, timedelta(0)) == 200
