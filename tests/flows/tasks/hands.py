"""Two hands that do the same tasks: one holds a mouse, the other has nothing but keys.

A task is written once and given a hand; the hand does each act in a real browser, and counts it.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from flows.tasks.tally import Tally
from playwright.sync_api import FileChooser, Locator, Page
from playwright.sync_api import TimeoutError as TooLate

# Where every link and field before the wanted one takes a press, at most.
TABS_AT_MOST = 250
ARROWS_AT_MOST = 60
PRESSES_AT_MOST = 3
MOMENT = 10_000  # ms
DOCUMENT = "performance.timeOrigin"
FOCUSED = "element => element === document.activeElement"
FOLLOWS = """element => {
  const at = document.activeElement;
  const follows = at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
  return at === document.body || follows !== 0;
}"""
# A group of radios is one stop of Tab: whichever of them has the focus, the group is reached.
STANDS = """target => {
  const at = document.activeElement, isRadio = target.type === 'radio' && at.type === 'radio';
  if (at === target || (isRadio && at.name === target.name && at.form === target.form))
    return 'there';
  return at.matches('.skip') && document.querySelector(at.hash).contains(target) ? 'skip' : '';
}"""


class Hand(ABC):
    """It presses, writes, chooses and follows links, and keeps a tally of what that took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tally = Tally()
        self._seen: set[float] = set()

    @contextmanager
    def takes_effect(self) -> Iterator[None]:
        """Note how long the last act takes until the block, which waits for it, is through."""
        began = time.monotonic()
        yield
        self.tally.effect = time.monotonic() - began

    def follow(self, address: str) -> None:
        """Open a link of a mail: one act in another program, then the page that it leads to."""
        self._look()
        self._press_in_mail()
        self.page.goto(address)

    def press(self, target: Locator) -> None:
        """Press a button or a link, tick a box, or open what is folded."""
        self._decide(target)
        self.tally.clicks += 1
        self._press(target)

    def write(self, target: Locator, words: str) -> None:
        """Put the words into the field in place of what it held."""
        self._decide(target)
        self._enter(target)
        self.page.keyboard.press("Control+a")
        self.type(words)

    def type(self, words: str) -> None:
        """Type on, where the cursor is."""
        self.tally.keys += len(words)
        self.page.keyboard.type(words)

    def give(self, target: Locator, file: Path) -> None:
        """Hand over a file: a drop onto the field, or its name in the window of the system."""
        self._decide(target)
        self.tally.clicks += 1
        self._give(target, file)

    @abstractmethod
    def choose(self, target: Locator, label: str) -> None:
        """Choose that option of a list that drops down."""

    def _decide(self, target: Locator) -> None:
        target.wait_for()
        self._look()
        self.tally.thoughts += 1

    def _look(self) -> None:
        """Count the page that is open, once; the empty one before the first is none."""
        if self.page.url != "about:blank":
            self._seen.add(self.page.evaluate(DOCUMENT))
        self.tally.pages = len(self._seen)

    @abstractmethod
    def _press_in_mail(self) -> None: ...

    @abstractmethod
    def _press(self, target: Locator) -> None: ...

    @abstractmethod
    def _enter(self, target: Locator) -> None: ...

    @abstractmethod
    def _give(self, target: Locator, file: Path) -> None: ...


class Mouse(Hand):
    """It points and clicks, and goes to the keys for nothing but words."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._is_at_keys = False

    def type(self, words: str) -> None:
        self._home(at_keys=True)
        super().type(words)

    def choose(self, target: Locator, label: str) -> None:
        self._decide(target)
        for _open_then_take in range(2):
            self.tally.clicks += 1
            self._point(target)
        target.select_option(label=label)

    def _press_in_mail(self) -> None:
        self.tally.thoughts += 1
        self.tally.clicks += 1
        self._home(at_keys=False)
        self.tally.points += 1
        self.tally.keys += 1

    def _press(self, target: Locator) -> None:
        self._point(target)
        target.click()

    def _enter(self, target: Locator) -> None:
        if target.evaluate(FOCUSED):
            return
        self._point(target)
        self.tally.entries += 1
        target.click()

    def _give(self, target: Locator, file: Path) -> None:
        # From the file to the field: no test can hold a window of the system, the field is given.
        self._point(target)
        self._point(target)
        target.set_input_files(file)

    def _point(self, target: Locator) -> None:
        self._home(at_keys=False)
        box, size = target.bounding_box(), self.page.viewport_size
        assert box
        assert size
        is_in_view = box["y"] >= 0 and box["y"] + box["height"] <= size["height"]
        # A turn of the wheel until it is seen takes as long as a movement.
        self.tally.points += 1 if is_in_view else 2
        self.tally.keys += 1

    def _home(self, *, at_keys: bool) -> None:
        if self._is_at_keys is not at_keys:
            self.tally.homings += 1
            self._is_at_keys = at_keys


class Keyboard(Hand):
    """Tab, Shift+Tab, arrows, Space, Enter and letters; it gives the focus to nothing by itself."""

    def choose(self, target: Locator, label: str) -> None:
        self._decide(target)
        self.tally.clicks += 1
        self._reach(target)
        self.type(label)
        assert target.locator(":checked").inner_text() == label

    def _press_in_mail(self) -> None:
        self.tally.thoughts += 1
        self.tally.clicks += 1
        # One key to the link, one to open it.
        self.tally.keys += 2

    def _press(self, target: Locator) -> None:
        kind = target.get_attribute("type")
        if kind == "radio":
            self._reach_radio(target)
            return
        self._reach(target)
        self._key("Space" if kind == "checkbox" else "Enter")

    def _enter(self, target: Locator) -> None:
        if not target.evaluate(FOCUSED):
            self.tally.entries += 1
            self._reach(target)

    def _give(self, target: Locator, file: Path) -> None:
        self._reach(target)
        self.tally.keys += len(file.name) + 1
        self._window().set_files(file)

    def _window(self) -> FileChooser:
        """Open the window of the system; who sees none on a slow machine presses again."""
        for _ in range(PRESSES_AT_MOST):
            with (
                suppress(TooLate),
                self.page.expect_file_chooser(timeout=MOMENT) as window,
            ):
                self._key("Space")
            if window.is_done():
                return window.value
        raise AssertionError("no window of the system opens")

    def _reach_radio(self, target: Locator) -> None:
        """Within a group go the arrows."""
        self._reach(target)
        for _ in range(ARROWS_AT_MOST):
            if target.evaluate(FOCUSED):
                break
            self._key("ArrowDown")
        if not target.is_checked():
            self._key("Space")

    def _reach(self, target: Locator) -> None:
        """Forth or back by Tab, over what the skip link skips."""
        if target.evaluate(STANDS) == "there":
            return
        key = "Tab" if target.evaluate(FOLLOWS) else "Shift+Tab"
        for _ in range(TABS_AT_MOST):
            self._key(key)
            stands = target.evaluate(STANDS)
            if stands == "there":
                return
            if stands == "skip":
                self._key("Enter")
        raise AssertionError(f"{target} is not reached by {key}")

    def _key(self, key: str) -> None:
        self.tally.keys += 1
        self.page.keyboard.press(key)
