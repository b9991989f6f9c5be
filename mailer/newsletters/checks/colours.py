"""The colours of each text of a drawn letter, on a light screen and on a dark one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import cssselect
from lxml import html as lxml_html
from lxml.cssselect import CSSSelector

DARK = re.compile(r"@media[^{]*prefers-color-scheme\s*:\s*dark[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SHORT_HEX = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])")
HEX = re.compile(r"#[0-9a-f]{6}")
RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)")
NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "gray": "#808080"}
SIZE = re.compile(r"([\d.]+)(px|pt|em|rem)")
PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0}
BOLD = 700
# What a text of ours is made of besides its words: the filler behind the preheader.
NO_WORDS = re.compile(r"[\s\u00a0\u034f\u200c]*")

Style = dict[str, str]
Styles = Mapping[lxml_html.HtmlElement, Style]


@dataclass(frozen=True)
class Shown:
    """A text as it is painted: `#0b5d4e` on `#ffffff`, in pixels, bold or not."""

    text: str
    colour: str
    behind: str
    size: float
    is_bold: bool


def light(page: lxml_html.HtmlElement) -> Iterator[Shown]:
    """Each text with the colours of its own style."""
    return _texts(page.find("body"), {}, dict(_START))


def dark(page: lxml_html.HtmlElement) -> Iterator[Shown]:
    """Each text as a client that knows prefers-color-scheme paints it on a dark screen."""
    return _texts(page.find("body"), _over(page), dict(_START))


_START = {"color": "#000000", "background-color": "#ffffff", "font-size": "16px"}


def _texts(
    element: lxml_html.HtmlElement | None, over: Styles, inherited: Style
) -> Iterator[Shown]:
    if element is None or not isinstance(element.tag, str):
        return
    style = inherited | _own(element) | over.get(element, {})
    if style.get("display") == "none" or element.tag in {"style", "script"}:
        return
    own_texts = [element.text, *(child.tail for child in element)]
    for text in own_texts:
        if text and not NO_WORDS.fullmatch(text):
            yield from _shown(text, style)
    for child in element:
        yield from _texts(child, over, style)


def _shown(text: str, style: Style) -> Iterator[Shown]:
    colour, behind = colour_of(style["color"]), colour_of(style["background-color"])
    if colour and behind:
        size = SIZE.match(style["font-size"])
        pixels = float(size[1]) * PIXELS[size[2]] if size else PIXELS["rem"]
        yield Shown(" ".join(text.split()), colour, behind, pixels, _is_bold(style))


def _is_bold(style: Style) -> bool:
    weight = style.get("font-weight", "400")
    return weight == "bold" or (weight.isdigit() and int(weight) >= BOLD)


def _own(element: lxml_html.HtmlElement) -> Style:
    style = declared(element.get("style", ""))
    if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "th"}:
        style = {"font-weight": "bold"} | style
    if element.tag == "a" and "color" not in style:
        style["color"] = "#0000ee"
    if (attribute := element.get("bgcolor")) and "background-color" not in style:
        style["background-color"] = attribute
    return style


def declared(style: str) -> Style:
    """The declarations by their property; a background that is a colour counts as one."""
    pairs = (part.partition(":") for part in style.split(";") if ":" in part)
    found = {
        name.strip().lower(): value.replace("!important", "").strip().lower()
        for name, _, value in pairs
    }
    if colour_of(found.get("background", "")):
        found.setdefault("background-color", found["background"])
    # A colour that lets through what is behind it changes nothing that can be counted.
    return {k: v for k, v in found.items() if v not in {"transparent", "inherit"}}


def colour_of(value: str) -> str:
    """`#0b5d4e`, or nothing for what is no plain colour."""
    if short := SHORT_HEX.fullmatch(value):
        return "#" + "".join(digit * 2 for digit in short.groups())
    if numbers := RGB.fullmatch(value):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in numbers.groups())
    return value if HEX.fullmatch(value) else NAMED.get(value, "")


def _over(page: lxml_html.HtmlElement) -> Styles:
    """What the dark rules of the page's style put over the style of each element."""
    css = COMMENT.sub("", "\n".join(page.xpath("//style/text()")))
    rules = [
        (selector.strip(), declared(body))
        for block in DARK.findall(css)
        for selectors, body in RULE.findall(block)
        for selector in selectors.split(",")
    ]
    over: dict[lxml_html.HtmlElement, Style] = {}
    for selector, style in sorted(rules, key=lambda rule: _specificity(rule[0])):
        for element in _matched(selector, page):
            over.setdefault(element, {}).update(style)
    return over


def _matched(selector: str, page: lxml_html.HtmlElement) -> list[lxml_html.HtmlElement]:
    compiled = _compiled(selector)
    return compiled(page) if compiled else []


@lru_cache(maxsize=500)
def _specificity(selector: str) -> tuple[int, int, int]:
    try:
        a, b, c = cssselect.parse(selector)[0].specificity()
    except cssselect.SelectorError:
        return 0, 0, 0
    return int(a), int(b), int(c)


@lru_cache(maxsize=500)
def _compiled(selector: str) -> CSSSelector | None:
    try:
        return CSSSelector(selector)
    except cssselect.SelectorError:
        # A pseudo-element, or what no mail client knows either: it colours no text of ours.
        return None
