"""One demonstration for every task, and a hand in each of the ways in which a task is done."""

import time
from collections.abc import Callable, Iterator

import pytest
from demonstration import Demo, running
from flows.tasks.figures import Figure
from flows.tasks.hands import Hand
from flows.tasks.scene import Scene
from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, float]]:
    """The demonstration, and how long it took from its command to its first answer."""
    began = time.monotonic()
    with running(tmp_path_factory.mktemp("demo")) as demo:
        yield demo, time.monotonic() - began


@pytest.fixture(scope="session")
def demo(started: tuple[Demo, float]) -> Demo:
    return started[0]


@pytest.fixture(scope="session")
def start_seconds(started: tuple[Demo, float]) -> float:
    return started[1]


@pytest.fixture
def scene(chromium: Browser, demo: Demo, way: str) -> Scene:
    return Scene(demo, chromium, way)


@pytest.fixture
def within(
    way: str, record_property: Callable[[str, object], None]
) -> Callable[[Figure, Hand], None]:
    """`within(figure, hand)`: what the hand did is no more than the figure allows; it is kept.

    How fast it took effect is what one machine says on one day: contracts/test_usability.py holds
    it in the table.
    """

    def check(figure: Figure, hand: Hand) -> None:
        took = hand.tally
        # Plain values: two workers of one run send them to each other.
        record_property("measured", (figure.task, way, vars(took)))
        assert figure.clicks is None or took.clicks <= figure.clicks
        assert figure.pages is None or took.pages <= figure.pages
        assert figure.seconds is None or took.seconds <= figure.seconds

    return check
