"""Whether a colour can be read on another, as WCAG 2.2 counts it (1.4.3 and 1.4.11)."""

import re

from mailer.errors import Invalid

HEX = re.compile(r"#?([0-9a-fA-F]{6})")
# 1.4.3: the least contrast of a text with what is behind it, and of a large text.
READABLE = 4.5
READABLE_LARGE = 3.0


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


def mixed(colour: str, other: str, share: float) -> str:
    """The colour with that share of the other, from 0 to 1."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + bytes(round(one + (two - one) * share) for one, two in pairs).hex()


def _linear(part: float) -> float:
    # The threshold of sRGB (IEC 61966-2-1).
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue
