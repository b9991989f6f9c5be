"""The drawn letter as mail clients read it: its order, its titles, its weight, its legal lines."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from lxml import html as lxml_html

from mailer.newsletters.checks import clients, contrast
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent, Rendered
from mailer.newsletters.fields import mark

# Gmail cuts a longer HTML part and hides the link to leave; 80 kB leaves room for the fields.
MOST_BYTES = 100_000
MANY_BYTES = 80_000
MOVED = re.compile(r"(?:^|;)\s*(?:float\s*:\s*right|order\s*:|position\s*:\s*(?:absolute|fixed))")
WAY_OUT = "{{unsubscribe_url}}"


@lru_cache(maxsize=4)
def parsed(html: str) -> lxml_html.HtmlElement:
    """The page as a tree; who reads it changes nothing in it."""
    return lxml_html.document_fromstring(html or "<html></html>")


def findings(content: IssueContent, rendered: Rendered) -> Iterator[Finding]:
    """What the page says once it is drawn, whatever the blocks were."""
    yield from _weight(rendered)
    if not content.blocks:
        return
    page = parsed(rendered.html)
    yield from _titles(page)
    yield from _order(page)
    yield from _legal(content, rendered, page)
    yield from contrast.findings(page)
    yield from clients.findings(page)


def _weight(rendered: Rendered) -> Iterator[Finding]:
    weight = len(rendered.html.encode())
    if weight > MANY_BYTES:
        yield Finding(Rule.TOO_BIG if weight > MOST_BYTES else Rule.BIG, detail=str(weight))


def _titles(page: lxml_html.HtmlElement) -> Iterator[Finding]:
    titles = page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    ranks = [int(title.tag[1]) for title in titles]
    if ranks.count(1) != 1 or ranks[:1] != [1]:
        yield Finding(Rule.HEADING_ORDER, detail="h1")
    for before, rank in pairwise(ranks):
        if rank > before + 1:
            yield Finding(Rule.HEADING_ORDER, detail=f"h{before}, h{rank}")
            break
    if any(not title.text_content().strip() for title in titles[1:]):
        yield Finding(Rule.EMPTY_HEADING)


def _order(page: lxml_html.HtmlElement) -> Iterator[Finding]:
    moved = any(MOVED.search(style) for style in page.xpath("//body//@style"))
    if moved or page.xpath("//table[not(@role='presentation') and not(.//th)]"):
        yield Finding(Rule.READING_ORDER)
    # Orange drops the attribute of <html>; the wrapper inside the page has to repeat it.
    if not (page.get("lang") and page.xpath("//body//*[@lang]")):
        yield Finding(Rule.NO_LANGUAGE)


def _legal(
    content: IssueContent, rendered: Rendered, page: lxml_html.HtmlElement
) -> Iterator[Finding]:
    footer = content.footer
    both = (_folded(page.text_content()), _folded(rendered.text))
    for rule, line in (
        (Rule.NO_ORGANISATION, footer.organisation),
        (Rule.NO_POSTAL_ADDRESS, footer.postal_address),
        (Rule.NO_REASON, mark(footer.reason)),
    ):
        if not line.strip() or any(_folded(line) not in part for part in both):
            yield Finding(rule)
    way_out = mark(WAY_OUT)
    if way_out not in page.xpath("//a/@href") or way_out not in rendered.text:
        yield Finding(Rule.NO_WAY_OUT)


def _folded(text: str) -> str:
    return " ".join(text.split())
