"""Where a letter leads, and whether its words say so."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from mailer.newsletters.block_types import Button, Event, Section
from mailer.newsletters.checks.addresses import fault, in_ascii
from mailer.newsletters.checks.facts import Standing
from mailer.newsletters.checks.reading import Link, links, plain, words
from mailer.newsletters.checks.rules import Finding, Rule
from mailer.newsletters.content import IssueContent

VAGUE = frozenset(
    {
        "ici", "cliquez ici", "cliquer ici", "cliquez", "lien", "ce lien", "suivez ce lien",
        "voir", "en savoir plus", "savoir plus", "plus d infos", "plus d informations", "suite",
        "lire la suite", "la suite", "lire", "lire plus", "plus", "cette page", "ce site", "page",
        "site", "voir plus", "détails", "consulter", "accéder", "télécharger", "là", "par ici",
        "click here", "here", "link", "this link", "this page", "read more", "more", "learn more",
        "find out more", "see more", "details", "download", "see here", "continue reading",
    }
)  # fmt: skip
ADDRESS_AS_LABEL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
BARE_ADDRESS = re.compile(r"(?<!\]\()(?<![\w(<])https?://[^\s<>)]+", re.IGNORECASE)
STANDINGS = {
    Standing.GONE: Rule.DEAD_LINK,
    Standing.UNKNOWN_SITE: Rule.UNKNOWN_SITE,
    Standing.SILENT: Rule.SILENT_LINK,
}


def findings(content: IssueContent, standings: Mapping[str, Standing]) -> Iterator[Finding]:
    """Links that lead nowhere, to the wrong place, or whose words do not say where."""
    all_links = list(links(content))
    for link in all_links:
        for rule, detail in _faults(link, content.base_url, standings):
            yield Finding(rule, link.block, detail, link.field)
    yield from _same_label(all_links)
    for found in words(content):
        bare = BARE_ADDRESS.search(re.sub(r"\[[^\]]*\]\([^)]*\)", "", found.text))
        if bare and found.block:
            yield Finding(Rule.NOT_A_LINK, found.block, bare[0], found.field)
    filled = any(isinstance(block.props, Section | Event | Button) for block in content.blocks)
    if content.blocks and not all_links and not filled:
        yield Finding(Rule.NO_LINK)


def _faults(link: Link, ours: str, standings: Mapping[str, Standing]) -> Iterator[tuple[Rule, str]]:
    label = plain(link.label)
    if not label and not link.is_picture and not link.field.endswith("url"):
        yield Rule.EMPTY_LINK, link.url
    if label in VAGUE:
        yield Rule.VAGUE_LINK, link.label
    elif ADDRESS_AS_LABEL.fullmatch(link.label.strip()):
        yield Rule.ADDRESS_AS_LABEL, link.label
    if not link.url:
        yield Rule.NO_ADDRESS, ""
    elif "{" not in link.url and (wrong := fault(link.url, ours)):
        yield wrong, in_ascii(link.url) if wrong is Rule.FOREIGN_LETTERS else link.url
    elif standing := STANDINGS.get(standings.get(link.url, Standing.REACHED)):
        yield standing, link.url


def _same_label(all_links: list[Link]) -> Iterator[Finding]:
    places: Mapping[str, list[Link]] = defaultdict(list)
    for link in all_links:
        label = plain(link.label)
        if label and label not in VAGUE and link.url:
            places[label].append(link)
    for same in places.values():
        if len({link.url.rstrip("/") for link in same}) > 1:
            yield Finding(Rule.SAME_LABEL, same[-1].block, same[-1].label, same[-1].field)
