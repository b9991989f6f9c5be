"""What of a theme may be chosen: colours by their part, fonts, width, corners."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The part that a colour plays; `on_x` is the text on x."""

    PAGE = "page"
    SHEET = "sheet"
    INK = "ink"
    QUIET = "quiet"
    LINE = "line"
    ACCENT = "accent"
    ON_ACCENT = "on_accent"
    BAND = "band"
    ON_BAND = "on_band"
    TINT = "tint"
    ON_TINT = "on_tint"
    FOOT = "foot"
    ON_FOOT = "on_foot"


class Scheme(StrEnum):
    """The two kinds of screens."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colour:
    """A colour as light screens and as dark screens show it."""

    light: str
    dark: str

    def on(self, scheme: Scheme) -> str:
        return self.light if scheme is Scheme.LIGHT else self.dark


# What every mail client has of its own: a letter loads no font.
FONTS: Mapping[str, str] = {
    "system": '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
    "arial": "Arial, Helvetica, sans-serif",
    "verdana": "Verdana, Geneva, sans-serif",
    "trebuchet": '"Trebuchet MS", "Lucida Grande", Arial, sans-serif',
    "georgia": 'Georgia, "Times New Roman", serif',
    "palatino": '"Palatino Linotype", Palatino, "Book Antiqua", Georgia, serif',
    "times": '"Times New Roman", Times, serif',
}
NARROWEST, WIDEST = 480, 640
ROUNDEST = 24
CARD_GAP = 16


@dataclass(frozen=True)
class Tokens:
    """A whole set of choices; lengths in pixels."""

    colours: Mapping[Role, Colour]
    text_font: str
    title_font: str
    width: int
    radius: int
    gutter: int

    @property
    def inner(self) -> int:
        """The width of what stands between the two gutters."""
        return self.width - 2 * self.gutter

    @property
    def half(self) -> int:
        """The width of one of two columns."""
        return self.inner // 2

    @property
    def card(self) -> int:
        """The width of one of two cards, the gap at its right included."""
        return (self.inner + CARD_GAP) // 2

    @property
    def thumb(self) -> int:
        """The width of a small picture, its margin included."""
        return self.inner * 355 // 1000
