import pytest

from mailer.web.plotting import BOTTOM, LEFT, TOP, Column, plot


def columns(*values):
    return [Column(f"long {n}", f"{n}", each) for n, each in enumerate(values)]


def test_every_bar_stands_between_the_axis_and_the_top():
    drawn = plot(columns((3,), (7,), (1,)))
    for bar in drawn.bars:
        assert TOP <= bar.y < bar.y + bar.height <= BOTTOM + 0.01
        assert LEFT <= bar.x < bar.x + bar.width <= 100


def test_the_height_of_a_bar_is_its_number():
    low, high = plot(columns((2,), (4,))).bars
    assert high.height == pytest.approx(2 * low.height, abs=0.02)


def test_what_is_stacked_touches_and_adds_up():
    below, above = plot(columns((3, 5))).bars
    assert above.y + above.height == pytest.approx(below.y, abs=0.02)
    assert plot(columns((3, 5))).totals[0].text == "8"


def test_a_column_without_number_has_neither_bar_nor_total():
    drawn = plot(columns((None,), (2,)))
    assert (len(drawn.bars), len(drawn.totals), len(drawn.labels)) == (1, 1, 2)


def test_a_zero_that_was_counted_is_said():
    assert [each.text for each in plot(columns((0,), (100,))).totals] == ["0", "100"]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(0, "0 1"), (3, "0 1 2 3"), (7, "0 2 4 6 8"), (100, "0 50 100"), (230, "0 100 200 300")],
)
def test_the_axis_counts_in_round_numbers(highest, ticks):
    assert " ".join(tick.text for tick in plot(columns((highest,))).ticks) == ticks


@pytest.mark.parametrize("number", [1, 5, 12, 26])
def test_the_last_column_has_its_label_and_a_phone_has_room_for_all(number):
    labels = plot(columns(*[(1,)] * number)).labels
    on_a_phone = [each for each in labels if not each.is_minor]
    assert on_a_phone[-1].text == f"{number - 1}"
    assert min(number, 2) <= len(on_a_phone) <= 4
    assert len(labels) <= 12


def test_numbers_are_written_as_the_reader_writes_them():
    drawn = plot(columns((1.5,)), say=lambda value: f"{value}".replace(".", ","))
    assert drawn.bars[0].text == drawn.totals[0].text == "1,5"
