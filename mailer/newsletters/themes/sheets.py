"""The style sheets of a letter: tokens put in, and the rules for dark screens made from them.

A declaration that takes its colour from a token has its counterpart on dark screens: whatever a
theme colours on the one is coloured on the other.
"""

import re
from collections.abc import Iterator, Mapping

from mailer.colours import mixed
from mailer.errors import Invalid
from mailer.newsletters.appearance import DARK_SCREENS
from mailer.newsletters.themes.tokens import FONTS, Role, Scheme, Tokens

VARIABLE = re.compile(r"var\(--([a-z0-9-]+)\)")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Shades between the band and the page, the strongest first.
SHADES = (0.22, 0.5, 0.78)


def style(css: str, tokens: Tokens) -> str:
    """The sheet as light screens show it; raises Invalid naming a variable that is none."""
    return _filled(css, variables(tokens, Scheme.LIGHT))


def dark_screens(css: str, tokens: Tokens) -> str:
    """What dark screens need beside the sheet: its colours again, as they are there.

    Outlook's own dark mode names what it changed: the text (ogsc) or what is behind it (ogsb).
    """
    dark = variables(tokens, Scheme.DARK)
    rules = [(s, list(_coloured(body))) for s, body in RULE.findall(COMMENT.sub("", css))]
    media, text, ground = [], [], []
    for selectors, declared in rules:
        named = [(name, _filled(value, dark)) for name, value in declared]
        media.append(_rule("", selectors, named))
        text.append(_rule("[data-ogsc] ", selectors, [d for d in named if "back" not in d[0]]))
        ground.append(_rule("[data-ogsb] ", selectors, [d for d in named if "back" in d[0]]))
    lines = [*_some(text), *_some(ground)]
    return "\n".join((f"{DARK_SCREENS} {{", *_some(media), "}", *lines))


def variables(tokens: Tokens, scheme: Scheme) -> dict[str, str]:
    """What each `var(--name)` of a sheet stands for."""
    colours = {role: tokens.colours[role].on(scheme) for role in Role}
    named = {role.replace("_", "-"): colour for role, colour in colours.items()}
    shades = {
        f"band-{rank}": mixed(colours[Role.BAND], colours[Role.PAGE], share)
        for rank, share in enumerate(SHADES, start=1)
    }
    lengths = {
        name: f"{value}px"
        for name, value in (
            ("width", tokens.width),
            ("inner", tokens.inner),
            ("half", tokens.half),
            ("card", tokens.card),
            ("thumb", tokens.thumb),
            ("beside", tokens.inner - tokens.thumb),
            ("gutter", tokens.gutter),
            ("radius", tokens.radius),
        )
    }
    fonts = {"text-font": FONTS[tokens.text_font], "title-font": FONTS[tokens.title_font]}
    return named | shades | lengths | fonts


def _filled(css: str, known: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] not in known:
            raise Invalid(found[1])
        return known[found[1]]

    return VARIABLE.sub(value, css)


def _coloured(body: str) -> Iterator[tuple[str, str]]:
    """The declarations that take a colour from a token, each as the property of that colour."""
    for declaration in body.split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        found = next((f for f in VARIABLE.finditer(value) if _is_colour(f[1])), None)
        if found:
            short = name.startswith("border") and not name.endswith("color")
            yield (f"{name}-color" if short else name), found[0]


def _is_colour(name: str) -> bool:
    return name.replace("-", "_") in set(Role) or name.startswith("band-")


def _rule(before: str, selectors: str, declared: list[tuple[str, str]]) -> str:
    if not declared:
        return ""
    named = ", ".join(f"{before}{each.strip()}" for each in selectors.split(","))
    return f"{named} {{ {' '.join(f'{name}: {value} !important;' for name, value in declared)} }}"


def _some(rules: list[str]) -> list[str]:
    return [rule for rule in rules if rule]
