"""Whether each text of a drawn letter can be read on what is behind it (WCAG 2.2, 1.4.3)."""

from collections.abc import Iterable, Iterator

from lxml import html as lxml_html

from mailer.colours import READABLE, READABLE_LARGE, contrast
from mailer.newsletters.checks import colours
from mailer.newsletters.checks.rules import Finding, Rule

# Large text asks for less: 24 pixels, or 18.66 (14 points) when it is bold.
LARGE, LARGE_BOLD = 24.0, 18.66


def findings(page: lxml_html.HtmlElement) -> Iterator[Finding]:
    """The pairs of colours that are too close, each once, on a light and on a dark screen."""
    for rule, texts in (
        (Rule.PALE_TEXT, colours.light(page)),
        (Rule.PALE_TEXT_IN_THE_DARK, colours.dark(page)),
    ):
        yield from (Finding(rule, detail=detail) for detail in dict.fromkeys(_pale(texts)))


def _pale(texts: Iterable[colours.Shown]) -> Iterator[str]:
    for text in texts:
        ratio = contrast(text.colour, text.behind)
        is_large = text.size >= (LARGE_BOLD if text.is_bold else LARGE)
        if ratio < (READABLE_LARGE if is_large else READABLE):
            yield f"{text.colour} / {text.behind} = {ratio:.1f}"
