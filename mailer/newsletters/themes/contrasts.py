"""Which texts of a letter stand on what, and whether each can be read there (WCAG 2.2, 1.4.3)."""

from collections.abc import Iterator
from dataclasses import dataclass

from mailer.colours import READABLE, READABLE_LARGE, contrast
from mailer.newsletters.themes.tokens import Role, Scheme, Tokens


@dataclass(frozen=True)
class Pair:
    """A text, what is behind it, and the least contrast between them."""

    text: Role
    ground: Role
    least: float = READABLE


PAIRS = (
    Pair(Role.INK, Role.SHEET),
    Pair(Role.QUIET, Role.SHEET),
    Pair(Role.ACCENT, Role.SHEET),
    Pair(Role.ON_ACCENT, Role.ACCENT),
    Pair(Role.ON_BAND, Role.BAND),
    Pair(Role.ON_TINT, Role.TINT),
    # Numerals, larger than 24 px, and the leaf of a calendar (1.4.11).
    Pair(Role.ACCENT, Role.TINT, READABLE_LARGE),
    Pair(Role.ON_FOOT, Role.FOOT),
)


@dataclass(frozen=True)
class Judged:
    """A pair on one kind of screen, and its contrast."""

    pair: Pair
    scheme: Scheme
    ratio: float

    @property
    def is_readable(self) -> bool:
        return self.ratio >= self.pair.least


def judged(tokens: Tokens) -> Iterator[Judged]:
    """Every pair, on light screens and on dark ones."""
    for pair in PAIRS:
        text, ground = tokens.colours[pair.text], tokens.colours[pair.ground]
        for scheme in Scheme:
            yield Judged(pair, scheme, contrast(text.on(scheme), ground.on(scheme)))


def unreadable(tokens: Tokens) -> tuple[Judged, ...]:
    """The pairs that not everybody can read."""
    return tuple(each for each in judged(tokens) if not each.is_readable)
