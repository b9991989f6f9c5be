"""How far something long is: told while it goes on, for whoever waits."""

from collections.abc import Callable

# How much is done, and of how much.
Tell = Callable[[int, int], object]
# What is told of a part that begins, by its name.
Begin = Callable[[str], Tell]


def untold(_done: int, _whole: int) -> None:
    """Nobody waits."""


def silently(_what: str) -> Tell:
    """Nobody waits for any part."""
    return untold


def said(what: str, done: int, whole: int, seconds: float) -> str:
    """The counts, and how long the rest takes at the pace of those seconds."""
    # What grows meanwhile may be further than its end was.
    rest = seconds * max(whole - done, 0) / done
    return f"{done:,} of {whole:,} {what}, about {rest:,.0f} s to go"
