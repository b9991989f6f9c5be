"""What a theme draws: the sample letter, read as mail clients and readers get it."""

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from jinja2 import TemplateError
from lxml import html as lxml_html

from mailer.errors import Invalid
from mailer.newsletters.block_types import Article, Button, Event
from mailer.newsletters.content import IssueContent
from mailer.newsletters.fields import filled
from mailer.newsletters.render import render
from mailer.newsletters.themes import samples
from mailer.newsletters.themes.refusals import Refusal, Rule
from mailer.newsletters.themes.theme import Look, Theme

PAGE = "letter.html"
# What a theme may weigh by itself: thirty articles must fit beside it (Gmail cuts at 102 kB).
MOST_BYTES = 25_000
LEAVE = f"{samples.SITE}/desinscriptions/x"
WEB = f"{samples.SITE}/lettres/x"
VALUES = {"prenom": "Camille", "unsubscribe_url": LEAVE, "web_url": WEB}


def refusals(theme: Theme) -> Iterator[Refusal]:
    """What is wrong with the page, or why there is none."""
    look = Look(theme, theme.tokens)
    letter = samples.sample(look)
    try:
        page = filled(render(letter), VALUES).html
        weight = len(render(samples.empty(look)).html.encode())
    # A macro that calls itself ends so.
    except (
        TemplateError,
        Invalid,
        ValueError,
        TypeError,
        ArithmeticError,
        RecursionError,
    ) as wrong:
        line = getattr(wrong, "lineno", 0) or 0
        yield Refusal(Rule.DRAWING, PAGE, line, f"{type(wrong).__name__}: {wrong}")
        return
    if weight > MOST_BYTES:
        yield Refusal(Rule.WEIGHT, PAGE, 0, f"{weight} bytes without a block, {MOST_BYTES} at most")
    yield from _page(lxml_html.document_fromstring(page), letter)


def _page(page: lxml_html.HtmlElement, letter: IssueContent) -> Iterator[Refusal]:
    wrappers = page.xpath("//body//*[@lang='fr'][@dir='ltr'][@role='article']")
    if (page.get("lang"), page.get("dir")) != ("fr", "ltr") or not wrappers:
        yield Refusal(Rule.LANGUAGE, PAGE, 0, "lang and dir, on html and on a wrapper of the body")
    if page.findtext(".//title") != letter.subject:
        yield Refusal(Rule.TITLE, PAGE, 0, "the title of the page is the subject")
    if {table.get("role") for table in page.iter("table")} - {"presentation"}:
        yield Refusal(Rule.PRESENTATION, PAGE, 0, "each table has role=presentation")
    if any(image.get("alt") is None for image in page.iter("img")):
        yield Refusal(Rule.ALT, PAGE, 0, "each image has an alt")
    if letter.blocks and samples.ARTICLE.alt not in {i.get("alt") for i in page.iter("img")}:
        yield Refusal(Rule.ALT, PAGE, 0, "the alternative of a picture is its alt")
    ranks = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    steps = [after - before for before, after in pairwise(ranks)]
    if ranks[:1] != [1] or ranks.count(1) != 1 or max(steps, default=0) > 1:
        yield Refusal(Rule.HEADINGS, PAGE, 0, "one h1 first, then no rank left out")
    yield from _hosts(page)
    yield from _whole(page, letter)


def _hosts(page: lxml_html.HtmlElement) -> Iterator[Refusal]:
    ours = urlsplit(samples.SITE).netloc
    for node in page.iter("img", "link", "script", "iframe", "source", "video", "audio"):
        if urlsplit(node.get("src", "")).netloc != ours or node.tag != "img":
            yield Refusal(Rule.REMOTE, PAGE, 0, node.tag)


def _whole(page: lxml_html.HtmlElement, letter: IssueContent) -> Iterator[Refusal]:
    text = " ".join(page.text_content().split())
    links = {link.get("href") for link in page.iter("a")}
    footer = letter.footer
    for line in (footer.organisation, footer.postal_address, footer.reason):
        if " ".join(line.split()) not in text:
            yield Refusal(Rule.LEGAL, "footer.html", 0, line)
    for address in {LEAVE, WEB, *(link.url for link in footer.links if "{{" not in link.url)}:
        if address not in links:
            yield Refusal(Rule.LEGAL, "footer.html", 0, address)
    for block in letter.blocks:
        wanted = getattr(block.props, "title", "") or getattr(block.props, "text", "")
        link = block.props.url if isinstance(block.props, Article | Button | Event) else ""
        if block.type in {"article", "heading", "event", "quote"} and wanted not in text:
            yield Refusal(
                Rule.CONTENT, f"{block.type}.html", 0, f"its words are not drawn: {wanted}"
            )
        elif link and link not in links:
            yield Refusal(Rule.CONTENT, f"{block.type}.html", 0, "its link is not drawn")
