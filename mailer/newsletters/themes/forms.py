"""What staff typed of a look: kept as it is, whether or not it can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from mailer.colours import parse
from mailer.errors import Invalid
from mailer.newsletters.themes import contrasts, words
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

FIELDS = (
    *(f"{role}-{scheme}" for role in Role for scheme in Scheme),
    "text_font",
    "title_font",
    "width",
    "radius",
)
BOUNDS = {"width": (NARROWEST, WIDEST), "radius": (0, ROUNDEST)}


@dataclass(frozen=True)
class Typed:
    """The fields, what is wrong with each, and the tokens as far as they can be read."""

    values: Mapping[str, str]
    faults: Mapping[str, str]
    tokens: Tokens


def shown(tokens: Tokens) -> Typed:
    """The fields as the tokens fill them."""
    return Typed(_filled(tokens), {}, tokens)


def typed(form: Mapping[str, str], before: Tokens) -> Typed:
    """The fields read; what cannot be is told, and stands as before in the tokens."""
    values = _filled(before) | {name: form[name].strip() for name in FIELDS if name in form}
    faults = dict(_unreadable(values))
    good = _filled(before) | {k: v for k, v in values.items() if k not in faults}
    colours = {role: Colour(*(parse(good[f"{role}-{s}"]) for s in Scheme)) for role in Role}
    tokens = replace(
        before,
        colours=colours,
        text_font=good["text_font"],
        title_font=good["title_font"],
        width=int(good["width"]),
        radius=int(good["radius"]),
    )
    for found in contrasts.unreadable(tokens):
        faults.setdefault(f"{found.pair.text}-{found.scheme}", words.too_close(found))
    return Typed(values, faults, tokens)


def _filled(tokens: Tokens) -> dict[str, str]:
    colours = {f"{r}-{s}": c.on(s) for r, c in tokens.colours.items() for s in Scheme}
    rest = {name: str(getattr(tokens, name)) for name in FIELDS if "-" not in name}
    return colours | rest


def _unreadable(values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if "-" in name and not _is_colour(value):
            yield name, _("Écrivez la couleur comme #0b5d4e.")
        if name in BOUNDS and not _is_within(value, *BOUNDS[name]):
            least, most = BOUNDS[name]
            yield name, _("Donnez un nombre de %(least)s à %(most)s.", least=least, most=most)
        if name.endswith("_font") and value not in FONTS:
            yield name, _("Choisissez une police de la liste.")


def _is_colour(text: str) -> bool:
    try:
        parse(text)
    except Invalid:
        return False
    return True


def _is_within(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= int(text[:6]) <= most
