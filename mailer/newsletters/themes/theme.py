"""A theme: a folder of files whose theme.toml names it and gives its tokens."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mailer.colours import parse
from mailer.errors import Invalid
from mailer.newsletters.themes.tokens import (
    FONTS,
    NARROWEST,
    ROUNDEST,
    WIDEST,
    Colour,
    Role,
    Scheme,
    Tokens,
)
from mailer.resources import folder

SETTINGS = "theme.toml"
LANGUAGES = ("fr", "en")
GUTTERS = range(16, 41)
BUILT_IN = folder("templates") / "newsletters" / "themes"
DEFAULT = "estran"


@dataclass(frozen=True)
class Theme:
    """How letters are drawn: its files, what it is called, and its tokens as they come."""

    name: str
    folder: Path
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    tokens: Tokens

    @property
    def is_built_in(self) -> bool:
        """Whether its files are ours: any other's are drawn in the sandbox."""
        return self.folder.parent == BUILT_IN


@dataclass(frozen=True)
class Logo:
    """A picture of ours, by its path on this site, and its size as it is drawn."""

    image: str
    width: int
    height: int


@dataclass(frozen=True)
class Look:
    """A theme with the tokens that were chosen for it."""

    theme: Theme
    tokens: Tokens
    logo: Logo | None = None


@cache
def built_in() -> Mapping[str, Theme]:
    """Our own themes by name, the default one first."""
    names = sorted((place.name for place in BUILT_IN.iterdir()), key=lambda n: (n != DEFAULT, n))
    return {name: read(BUILT_IN / name) for name in names}


def default_look() -> Look:
    """The look of a letter for which nothing was chosen."""
    theme = built_in()[DEFAULT]
    return Look(theme, theme.tokens)


def read(place: Path) -> Theme:
    """The theme of that folder; raises Invalid with what its theme.toml lacks, in words."""
    try:
        told = tomllib.loads((place / SETTINGS).read_text(encoding="utf-8"))
    except OSError:
        raise Invalid("is missing") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise Invalid(str(wrong)) from None
    return Theme(place.name, place, _words(told, "title"), _words(told, "note"), _tokens(told))


def _tokens(told: Mapping[str, object]) -> Tokens:
    return Tokens(
        colours=_colours(_table(told, "colours")),
        text_font=_font(told, "text_font"),
        title_font=_font(told, "title_font"),
        width=_number(told, "width", range(NARROWEST, WIDEST + 1)),
        radius=_number(told, "radius", range(ROUNDEST + 1)),
        gutter=_number(told, "gutter", GUTTERS),
    )


def _colours(given: Mapping[str, object]) -> dict[Role, Colour]:
    if extra := sorted(given.keys() - set(Role)):
        raise Invalid(f"colours.{extra[0]} is not known")
    return {role: _colour(role, _table(given, role)) for role in Role}


def _colour(role: Role, given: Mapping[str, object]) -> Colour:
    try:
        light, dark = (parse(str(given.get(scheme, ""))) for scheme in Scheme)
    except Invalid:
        raise Invalid(f"colours.{role} must give light and dark, each like #0b5d4e") from None
    return Colour(light, dark)


def _words(told: Mapping[str, object], key: str) -> dict[str, str]:
    words = {language: _table(told, key).get(language) for language in LANGUAGES}
    if not all(isinstance(each, str) and each for each in words.values()):
        raise Invalid(f"{key} must be given in fr and en")
    return {language: str(each) for language, each in words.items()}


def _table(told: Mapping[str, object], key: str) -> Mapping[str, object]:
    found = told.get(key)
    if not isinstance(found, dict):
        raise Invalid(f"{key} is missing")
    return found


def _font(told: Mapping[str, object], key: str) -> str:
    if told.get(key) not in FONTS:
        raise Invalid(f"{key} must be one of {', '.join(FONTS)}")
    return str(told[key])


def _number(told: Mapping[str, object], key: str, within: range) -> int:
    found = told.get(key)
    if not isinstance(found, int) or found not in within:
        raise Invalid(f"{key} must be from {within[0]} to {within[-1]}")
    return found
