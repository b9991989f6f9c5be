"""What Gmail, Outlook, Orange, SFR, La Poste and Apple leave out of the page as it was drawn."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lxml import html as lxml_html

from mailer.newsletters.checks.colours import declared
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.resources import PACKAGE

TABLE = PACKAGE / "rules" / "mail-clients.toml"

# What a letter reads well without: it is checked in tests/newsletters that it holds for ours.
ENHANCEMENTS = frozenset(
    {
        # Layout holds by tables and widths; these refine it where they are known.
        "css-border-radius", "css-max-width", "css-max-height", "css-overflow", "css-word-break",
        "css-letter-spacing", "css-vertical-align", "css-border-collapse", "css-line-height",
        "css-height",
        # A link is told by its colour and its weight as well.
        "css-text-decoration",
        # The preheader reads well where it is not hidden.
        "css-display-none", "css-opacity",
        # Screen readers of other clients have them.
        "html-role", "html-aria-label", "html-aria-hidden", "html-lang", "html-semantics",
        # A contents line is a plain text where anchors do nothing.
        "html-anchor-links", "html-mailto-links",
        "html-style", "html-body", "html-doctype", "html-meta-color-scheme", "html-comments",
        "html-target",
    }
)  # fmt: skip
ELEMENTS = {
    **{
        tag: f"html-{tag}"
        for tag in ("audio", "base", "code", "dialog", "form", "link", "marquee", "meter", "object",
                    "picture", "progress", "ruby", "select", "svg", "textarea", "video", "wbr",
                    "style", "body", "small", "abbr", "address")
    },
    **dict.fromkeys(
        ("article", "aside", "header", "footer", "main", "nav", "section"), "html-semantics"
    ),
    "button": "html-button-submit",
    "input": "html-input-text",
}  # fmt: skip
ATTRIBUTES = (
    "role", "lang", "srcset", "target", "hidden", "required", "aria-label", "aria-hidden",
    "aria-labelledby", "aria-describedby", "aria-live",
)  # fmt: skip
VALUES = (
    (re.compile(r"\bflex\b"), "display", "css-display-flex"),
    (re.compile(r"\bgrid\b"), "display", "css-display-grid"),
    (re.compile(r"\bnone\b"), "display", "css-display-none"),
    (re.compile(r"linear-gradient\("), "", "css-linear-gradient"),
    (re.compile(r"radial-gradient\("), "", "css-radial-gradient"),
    (re.compile(r"\bcalc\("), "", "css-unit-calc"),
    (re.compile(r"\bclamp\("), "", "css-function-clamp"),
    (re.compile(r"\bvar\("), "", "css-variables"),
    (re.compile(r"\brgba\("), "", "css-rgba"),
    (re.compile(r"\d(?:vw)\b"), "", "css-unit-vw"),
    (re.compile(r"\d(?:vh)\b"), "", "css-unit-vh"),
    (re.compile(r"\d(?:rem)\b"), "", "css-unit-rem"),
)


@lru_cache(maxsize=1)
def gaps() -> Mapping[str, tuple[str, ...]]:
    """For each feature, the mail clients that do not show it."""
    table = tomllib.loads(TABLE.read_text("utf-8"))
    return {feature: tuple(clients) for feature, clients in table["missing"].items()}


def findings(page: lxml_html.HtmlElement) -> Iterator[Finding]:
    """For each client, what the page relies on and the client does not show."""
    missing: Mapping[str, list[str]] = defaultdict(list)
    for feature in sorted(set(features(page)) - ENHANCEMENTS):
        for client in gaps().get(feature, ()):
            missing[client].append(feature.partition("-")[2])
    for client, names in missing.items():
        yield Finding(Rule.CLIENT_GAP, detail=f"{client} ({', '.join(names)})")


def features(page: lxml_html.HtmlElement) -> Iterator[str]:
    """The features of Can I email that the page uses outside its style sheets."""
    for element in page.iter():
        if isinstance(element.tag, str):
            if element.tag in ELEMENTS:
                yield ELEMENTS[element.tag]
            yield from (f"html-{name}" for name in ATTRIBUTES if name in element.attrib)
            yield from _of_addresses(element)
            yield from _of_style(declared(element.get("style", "")))


def _of_addresses(element: lxml_html.HtmlElement) -> Iterator[str]:
    href, source = element.get("href", ""), element.get("src", "")
    if element.tag == "a" and href.startswith("#"):
        yield "html-anchor-links"
    if href.startswith("mailto:"):
        yield "html-mailto-links"
    if element.tag == "img":
        kind = source.partition("?")[0].rpartition(".")[2].lower()
        yield "image-base64" if source.startswith("data:") else f"image-{kind}"


def _of_style(style: Mapping[str, str]) -> Iterator[str]:
    for name, value in style.items():
        yield f"css-{name}"
        for pattern, only, feature in VALUES:
            if pattern.search(value) and only in {"", name}:
                yield feature
