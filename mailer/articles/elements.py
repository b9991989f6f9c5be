"""An element of a feed: its fields by one name each, whatever prefix the feed gave them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from mailer.articles import markup

# A field in its item's own namespace has its bare name; these stand under the usual prefix.
PREFIXES = {
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.rssboard.org/media-rss": "media",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/2005/Atom": "atom",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
}
BASE = "{http://www.w3.org/XML/1998/namespace}base"
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
# Their children speak for the item as well (Media RSS 1.5).
OPEN_UP = frozenset({"media:group", "news:news", "image:image"})
# How many fields of one name are looked at, how many bases inside one
# another, and how much markup in a field that is not escaped.
MAX_SAME = 20
MAX_BASES = 4
MAX_CHILDREN = 2000
MAX_TAGS = 500_000


@dataclass(frozen=True)
class Parsed:
    """The root element, as much of it as can be read, and whether some of it could not."""

    root: etree._Element | None
    is_broken: bool = False


def parsed(content: bytes) -> Parsed:
    """What can be read of the document; nothing is fetched or expanded."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(cut(content), parser)
    except etree.XMLSyntaxError:
        return Parsed(None)
    return Parsed(root, any(fault.level == etree.ErrorLevels.FATAL for fault in parser.error_log))


def cut(content: bytes) -> bytes:
    """The document up to as many tags as are read: each takes a hundred bytes and more."""
    if content.count(b"<") <= MAX_TAGS:
        return content
    low, high = 0, len(content)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if content.count(b"<", 0, middle) <= MAX_TAGS else (low, middle)
    return content[:low]


def names(tag: str) -> tuple[str, str]:
    """The namespace of a tag, or the prefix that was never declared, and its local name."""
    space, _, local = tag.rpartition("}")
    if not space and ":" in local:
        prefix, _, local = local.partition(":")
        return prefix, local
    return space[1:], local


class Element:
    """One item, entry or channel."""

    def __init__(self, node: etree._Element, base: str) -> None:
        self.node = node
        self.base = base_at(node, base)
        self.space = names(node.tag)[0]

    @cached_property
    def fields(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for name, node in self.children(self.node):
            same = found.setdefault(name, [])
            if len(same) < MAX_SAME:
                same.append(node)
        return found

    def children(self, parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        """The named children, and those of the groups among them."""
        for node in parent:
            name = self.name(node)
            if name in OPEN_UP:
                yield from self.children(node)
            else:
                yield name, node

    def name(self, node: etree._Element) -> str:
        space, local = names(node.tag) if isinstance(node.tag, str) else ("", "")
        return local if space == self.space else f"{PREFIXES.get(space, space)}:{local}"

    def all(self, *wanted: str) -> Iterator[etree._Element]:
        """The fields of those names, in the order of the names."""
        for name in wanted:
            yield from self.fields.get(name, ())

    def texts(self, *wanted: str) -> Iterator[str]:
        """What those fields say, those that say nothing left out."""
        return filter(None, (content(node) for node in self.all(*wanted)))

    def text(self, *wanted: str) -> str:
        """What the first of those fields says."""
        return next(self.texts(*wanted), "")

    def url(self, address: str, node: etree._Element) -> str:
        """The address, resolved against the base in force at the node (XML Base)."""
        own = node.get(BASE, "")[: markup.MAX_URL]
        return markup.web_url(address, joined(self.base, own))


def base_at(node: etree._Element, base: str) -> str:
    """The base in force at the element: its own and its ancestors', then the document's."""
    given = (parent.get(BASE, "") for parent in (node, *node.iterancestors()))
    nearest = list(islice((text for text in given if 0 < len(text) <= markup.MAX_URL), MAX_BASES))
    for text in reversed(nearest):
        base = joined(base, text)
    return base


def joined(base: str, address: str) -> str:
    """The address resolved against the base, which stays when the address cannot be one."""
    try:
        return urljoin(base, address)
    except ValueError:
        return base


def content(node: etree._Element) -> str:
    """The text of a field; markup inside it is given as HTML."""
    if len(node) == 0:
        return (node.text or "").strip()
    children = islice(node, MAX_CHILDREN)
    inner = "".join(etree.tostring(child, encoding="unicode") for child in children)
    return f"{node.text or ''}{inner}".strip()
