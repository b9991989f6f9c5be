import pytest

from mailer.newsletters.block_types import Divider
from mailer.newsletters.blocks import Block, When
from mailer.newsletters.readers import Reader, is_for, may_be_for, others, read_by
from mailer.subscriptions.pausing import Frequency

MAIN = Reader("lettre", "fr")
WEEKLY = Reader("lettre", "en", Frequency.WEEKLY)


@pytest.mark.parametrize(
    ("when", "main", "weekly"),
    [
        (When(), True, True),
        (When(lists=("lettre",)), True, True),
        (When(lists=("presse", "marches")), False, False),
        (When(languages=("en",)), False, True),
        (When(frequencies=("each",)), True, False),
        (When(languages=("fr", "en"), frequencies=("weekly", "monthly")), False, True),
        (When(languages=("fr",), frequencies=("weekly",)), False, False),
    ],
)
def test_a_block_is_for_whoever_meets_every_part_of_its_condition(when, main, weekly):
    assert (is_for(when, MAIN), is_for(when, WEEKLY)) == (main, weekly)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (When(), True),
        (When(lists=("presse",)), False),
        (When(languages=("en",)), True),
        (When(frequencies=("each",)), False),
        (When(frequencies=("each", "monthly")), True),
    ],
)
def test_a_block_may_be_for_some_who_want_letters_so_often(when, expected):
    assert may_be_for(when, "lettre", (Frequency.WEEKLY, Frequency.MONTHLY)) is expected


def test_only_readers_who_are_shown_something_else_have_a_version_of_their_own():
    blocks = (
        Block("b1", Divider()),
        Block("b2", Divider(), When(frequencies=("monthly",))),
        Block("b3", Divider(), When(languages=("fr",))),
    )

    versions = dict(others(blocks, MAIN, ("fr", "en")))

    assert [block.id for block in read_by(blocks, MAIN)] == ["b1", "b3"]
    assert {reader[1:]: [block.id for block in shown] for reader, shown in versions.items()} == {
        ("fr", "monthly"): ["b1", "b2", "b3"],
        ("en", "each"): ["b1"],
        ("en", "weekly"): ["b1"],
        ("en", "monthly"): ["b1", "b2"],
    }


def test_a_letter_without_conditions_is_one_and_the_same_for_everybody():
    assert list(others((Block("b1", Divider()),), MAIN, ("fr", "en"))) == []
