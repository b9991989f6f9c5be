from datetime import timedelta

import pytest

from mailer.delivery import pace


@pytest.mark.parametrize(
    ("size", "seconds", "expected"),
    [
        (50, 0.01, 200),
        (400, 0.1, 1000),
        (999, 0.1, 1000),
        (500, 5, 100),
        (100, 60, 10),
        (50, 1, 50),
    ],
)
def test_a_batch_takes_about_one_second_and_grows_by_steps(size, seconds, expected):
    assert pace.next_batch(size, timedelta(seconds=seconds)) == expected


def test_a_batch_that_took_no_time_only_grows():
    assert pace.next_batch(50, timedelta(0)) == 200
