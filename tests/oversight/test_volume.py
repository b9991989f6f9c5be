"""Who looked at more people within an hour than the threshold."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.oversight.volume import Burst, Seen, unusual

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


def looks(*minutes, actor="account:1"):
    """A look at another person at each of those minutes."""
    return [
        Seen(actor, f"subscriber:{number}", AT + timedelta(minutes=minute))
        for number, minute in enumerate(minutes)
    ]


@pytest.mark.parametrize(
    ("minutes", "people"),
    [
        ((0, 1, 2), None),
        ((0, 1, 2, 3), 4),
        ((0, 1, 2, 59), 4),
        ((0, 1, 2, 60), None),
        ((0, 30, 61, 70, 80, 81), 5),
    ],
)
def test_more_people_than_the_threshold_within_an_hour_are_a_burst(minutes, people):
    found = unusual(looks(*minutes), 3)

    assert [burst.people for burst in found.values()] == ([people] if people else [])


def test_the_same_person_again_is_one_person():
    again = [Seen("account:1", "subscriber:1", AT + timedelta(minutes=n)) for n in range(9)]

    assert unusual(again, 3) == {}


def test_each_of_the_desk_is_counted_alone():
    both = sorted([*looks(0, 1), *looks(0, 1, 2, actor="account:2")], key=lambda look: look.at)

    assert unusual(both, 2) == {"account:2": Burst(3, AT + timedelta(minutes=2))}


def test_the_fullest_hour_is_told():
    found = unusual(looks(0, 1, 2, 200, 201, 202, 203), 2)

    assert found == {"account:1": Burst(4, AT + timedelta(minutes=203))}
