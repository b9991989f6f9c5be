"""The colour of a list's form: as it is on light screens, made lighter for dark ones."""

from dataclasses import dataclass

from mailer.colours import READABLE, contrast, mixed
from mailer.errors import Invalid

WHITE, INK = "#ffffff", "#0c1b16"
LIGHT_CARD, DARK_CARD = "#ffffff", "#182923"
STEPS = 20


@dataclass(frozen=True)
class Accent:
    """A colour for buttons and links, and the colour of the text on it, on one kind of screen."""

    colour: str
    on: str


def on_light(colour: str) -> Accent:
    """The colour as it is; raises Invalid when it cannot be read on a white card."""
    if contrast(colour, LIGHT_CARD) < READABLE:
        raise Invalid(colour)
    return Accent(colour, WHITE)


def on_dark(colour: str) -> Accent:
    """The same hue, as much lighter as a dark screen asks for."""
    shades = (mixed(colour, WHITE, step / STEPS) for step in range(STEPS + 1))
    return Accent(next(c for c in shades if contrast(c, DARK_CARD) >= READABLE), INK)
