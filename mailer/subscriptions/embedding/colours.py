"""Whether a colour can be read on another, as WCAG 2.2 counts it (1.4.3 and 1.4.11)."""

import re
from dataclasses import dataclass

from mailer.errors import Invalid

HEX = re.compile(r"#?([0-9a-fA-F]{6})")
# 1.4.3: the least contrast of a text with what is behind it.
READABLE = 4.5
WHITE, INK = "#ffffff", "#0c1b16"
LIGHT_CARD, DARK_CARD = "#ffffff", "#182923"
STEPS = 20


@dataclass(frozen=True)
class Accent:
    """A colour for buttons and links, and the colour of the text on it, on one kind of screen."""

    colour: str
    on: str


def parse(text: str) -> str:
    """`#0b5d4e` from what was typed; raises Invalid for anything else."""
    found = HEX.fullmatch(text.strip())
    if found is None:
        raise Invalid(text)
    return f"#{found[1].lower()}"


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """WCAG's relative luminance of an sRGB colour."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def on_light(colour: str) -> Accent:
    """The colour as it is; raises Invalid when it cannot be read on a white card."""
    if contrast(colour, LIGHT_CARD) < READABLE:
        raise Invalid(colour)
    return Accent(colour, WHITE)


def on_dark(colour: str) -> Accent:
    """The same hue, as much lighter as a dark screen asks for."""
    shades = (_towards_white(colour, step / STEPS) for step in range(STEPS + 1))
    return Accent(next(c for c in shades if contrast(c, DARK_CARD) >= READABLE), INK)


def _linear(part: float) -> float:
    # The threshold of sRGB (IEC 61966-2-1).
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _towards_white(colour: str, share: float) -> str:
    mixed = (round(channel + (255 - channel) * share) for channel in _channels(colour))
    return "#" + bytes(mixed).hex()
