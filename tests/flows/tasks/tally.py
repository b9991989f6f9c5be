"""What a task costs who does it, by the keystroke-level model (Card, Moran and Newell, 1980)."""

from dataclasses import dataclass

KEY_SECONDS = 0.2
POINT_SECONDS = 1.1
HOME_SECONDS = 0.4
THINK_SECONDS = 1.35


@dataclass
class Tally:
    """What the hands did, and how often the head had to choose."""

    clicks: int = 0
    # A click, or a way by Tab, that only puts the cursor into a field.
    entries: int = 0
    keys: int = 0
    points: int = 0
    homings: int = 0
    thoughts: int = 0
    # Pages that were open until the last act: the one that says that it is done is none of them.
    pages: int = 0
    # Seconds from the last act until it was done, and what had to be waited for before the first:
    # both as the clock said.
    effect: float | None = None
    waited: float = 0

    @property
    def seconds(self) -> float:
        """A press of the mouse takes as long as one of a key."""
        return (
            KEY_SECONDS * self.keys
            + POINT_SECONDS * self.points
            + HOME_SECONDS * self.homings
            + THINK_SECONDS * self.thoughts
            + self.waited
        )
