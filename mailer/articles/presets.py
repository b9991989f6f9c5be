"""The software that sites run on: how it shows itself, and where its feeds stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin

from mailer.articles import markup, pages


class Preset(StrEnum):
    """The software that is recognised."""

    WORDPRESS = "wordpress"
    DRUPAL = "drupal"
    SPIP = "spip"
    HUGO = "hugo"


LABELS = {
    Preset.WORDPRESS: "WordPress",
    Preset.DRUPAL: "Drupal",
    Preset.SPIP: "SPIP",
    Preset.HUGO: "Hugo",
}


@dataclass(frozen=True)
class Software:
    """What gives it away, in headers and in the page, and the places of its feeds, best first."""

    preset: Preset
    headers: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    places: tuple[str, ...]


SOFTWARE = (
    Software(
        Preset.WORDPRESS,
        (("link", "api.w.org"), ("x-pingback", "xmlrpc.php")),
        ("https://api.w.org/", "/wp-content/", "/wp-includes/"),
        ("wp-json/wp/v2/posts?_embed", "feed/"),
    ),
    Software(
        Preset.DRUPAL,
        (("x-generator", "drupal"), ("x-drupal-cache", ""), ("x-drupal-dynamic-cache", "")),
        ("data-drupal-selector", "/sites/default/files/"),
        ("rss.xml",),
    ),
    Software(
        Preset.SPIP,
        (("composed-by", "spip"), ("x-spip-cache", "")),
        ("spip.php?", "local/cache-css/"),
        ("?page=backend",),
    ),
    Software(Preset.HUGO, (), (), ("index.xml",)),
)
# Where the feeds of other software stand, for a page that says nothing.
ELSEWHERE = ("feed/", "rss.xml", "index.xml", "atom.xml", "sitemap.xml")
REST = "https://api.w.org/"
# A link of the header (RFC 8288, 3): an address and its parameters.
LINK = re.compile(r'<([^<>]{1,2000})>((?:\s*;\s*[\w*-]{1,20}\s*=\s*(?:"[^"]*"|[^\s",;]+)){1,8})')
PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"([^"]*)"|([^\s",;]+))')


@dataclass(frozen=True)
class Site:
    """What a site's page tells: its software, the feeds it announces, and where else to look."""

    preset: Preset | None
    announced: tuple[str, ...]
    known: tuple[str, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its feed may stand, the likeliest first."""
        return tuple(dict.fromkeys(self.announced + self.known))


def look(text: str, headers: Mapping[str, str], base: str) -> Site:
    """What the page and the headers it came with tell."""
    root = markup.tree(text)
    linked = list(links(headers.get("link", "")))
    if root is None:
        return Site(None, tuple(in_header(linked, base)), ())
    page = pages.Page(root, base)
    found = next((each for each in SOFTWARE if shows(each, page, text, headers)), None)
    places = found.places if found else ELSEWHERE
    folder = urljoin(base, ".")
    known = [urljoin(folder, place) for place in places]
    if found and found.preset is Preset.WORDPRESS and (root_url := rest_root(page, linked)):
        known[0] = rest(root_url)
    announced = (*pages.announced(page), *in_header(linked, base))
    return Site(found.preset if found else None, announced, tuple(known))


def shows(software: Software, page: pages.Page, text: str, headers: Mapping[str, str]) -> bool:
    """Whether the site runs on it: it says so itself, or has what only this software makes."""
    generator = page.said("generator").lower()
    if generator:
        return generator.startswith(software.preset.value)
    told = (mark in headers[name].lower() for name, mark in software.headers if name in headers)
    return any(told) or any(mark in text for mark in software.marks)


def links(header: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The addresses of a Link header, each with its parameters."""
    for found in LINK.finditer(header):
        parameters = {name.lower(): (a or b) for name, a, b in PARAMETER.findall(found[2])}
        yield found[1], parameters


def in_header(linked: list[tuple[str, Mapping[str, str]]], base: str) -> Iterator[str]:
    """The feeds that the header announces."""
    for address, told in linked:
        url = markup.web_url(address, base)
        if url and told.get("rel") == "alternate" and told.get("type") in pages.FEED_TYPES:
            yield url


def rest_root(page: pages.Page, linked: list[tuple[str, Mapping[str, str]]]) -> str:
    """Where WordPress says that its REST API starts."""
    given = [node.get("href") or "" for node in page.root.iter("link") if node.get("rel") == REST]
    given += [address for address, told in linked if told.get("rel") == REST]
    return next(filter(None, (markup.web_url(address, page.base) for address in given)), "")


def rest(root_url: str) -> str:
    """The posts of the API with their pictures; without pretty addresses its path is a field."""
    joint = "&" if "?" in root_url else "?"
    return f"{root_url}wp/v2/posts{joint}_embed"
