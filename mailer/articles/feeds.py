"""RSS 0.9 to 2.0, RDF and Atom: from the XML to articles."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from mailer.articles import dates, elements, markup
from mailer.articles.data import ArticleData, Feed, Gap, Given, Kind, Note
from mailer.articles.elements import Element
from mailer.articles.markup import Body, Image

MAX_ENTRIES = 500
ROOTS = frozenset({"rss", "RDF", "rdf", "feed"})
# The last is a prefix that nobody declared.
ITEMS = ("{*}item", "{*}entry", "rss:item")
DATES = (
    *("pubDate", "published", "issued", "dc:date", "dcterms:issued", "dcterms:created", "created"),
    *("date", "atom:published", "updated", "modified", "dcterms:modified", "atom:updated"),
)
LINKS = ("link", "atom:link")
SUMMARIES = ("description", "summary", "itunes:summary", "dc:description")
BODIES = ("content:encoded", "content", "atom:content", "body")
PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
# WordPress.com names the author's portrait first among the pictures of an item.
PORTRAITS = "gravatar.com/"


def read(root: etree._Element, base: str) -> Feed:
    """The feed under that root element."""
    channel = next((node for node in root if local(node) == "channel"), root)
    head = Element(channel, base)
    # A file has no address of its own: the site's is the best guess for what is relative.
    base = base or link(head)
    items = root.iter(*ITEMS)
    entries = tuple(article(Element(node, base)) for node in islice(items, MAX_ENTRIES))
    notes = () if next(items, None) is None else (Note(Gap.CUT, str(MAX_ENTRIES)),)
    return Feed(heading(head), Kind.FEED, entries, notes=notes)


def local(node: etree._Element) -> str:
    return elements.names(node.tag)[1] if isinstance(node.tag, str) else ""


def article(item: Element) -> ArticleData:
    """One item or entry."""
    guid = item.text("guid", "id") or item.node.get(elements.ABOUT, "")
    bodies = [markup.body(text, item.base) for text in islice(item.texts(*SUMMARIES, *BODIES), 4)]
    shown = image(item, bodies)
    return ArticleData(
        title=heading(item),
        url=link(item),
        guid=guid[: markup.MAX_URL],
        published_at=next(filter(None, map(dates.read, item.texts(*DATES))), None),
        summary=next((body.text for body in bodies if body.text), ""),
        image_url=shown.url,
        image_alt=shown.alt,
        given=given(item),
    )


def given(item: Element) -> Given:
    """What the item has for its date, its link and its image, whether it can be read or not."""
    links = (elements.content(node) or node.get("href", "") for node in item.all(*LINKS, "guid"))
    named = item.all("media:content", "media:thumbnail", "enclosure", "itunes:image")
    images = (node.get("url") or node.get("href", "") for node in named)
    image = markup.plain_title(next(images, ""))
    return Given(markup.plain_title(item.text(*DATES)), markup.plain_title(next(links, "")), image)


def heading(item: Element) -> str:
    """The title. In Atom it says whether it is text or HTML (RFC 4287, 3.1.1); RSS never says."""
    for node in item.all("title", "media:title", "dc:title", "itunes:title"):
        is_text = item.space.endswith("/Atom") and node.get("type", "text") == "text"
        found = (markup.plain_title if is_text else markup.title)(elements.content(node))
        if found:
            return found
    return ""


def link(item: Element) -> str:
    """Where the article stands."""
    return next(filter(None, links(item)), "")


def links(item: Element) -> Iterator[str]:
    """The addresses that could be the article's, the likeliest first."""
    marked = list(item.all("link", "atom:link"))
    for node in marked:
        if not node.get("href"):
            yield item.url(elements.content(node), node)
    for wanted in ("html", ""):
        for node in marked:
            alternate = node.get("rel", "alternate") == "alternate"
            if alternate and wanted in node.get("type", "html"):
                yield item.url(node.get("href", ""), node)
    for node in item.all("guid"):
        if node.get("isPermaLink", "true").lower() != "false":
            yield markup.web_url(elements.content(node))
    for node in item.all("content"):
        yield item.url(node.get("src", ""), node)


def image(item: Element, bodies: list[Body]) -> Image:
    """The picture that the item names, else the first one that it shows."""
    shown = next((body.image for body in reversed(bodies) if body.image.url), Image())
    for found in named_images(item):
        if found.url and PORTRAITS not in found.url:
            return found if found.alt else Image(found.url, shown.alt * same_picture(found, shown))
    return shown


def named_images(item: Element) -> Iterator[Image]:
    described = item.text("media:description")
    for node in item.all("media:content"):
        if is_picture(node, "url", node.get("medium")):
            own = Element(node, item.base).text("description") or described
            yield Image(item.url(node.get("url", ""), node), markup.title(own))
    contents = [child for node in item.all("media:content") for child in node]
    for node in (*item.all("media:thumbnail"), *(n for n in contents if local(n) == "thumbnail")):
        yield Image(item.url(node.get("url", ""), node), markup.title(described))
    for node in item.all("enclosure"):
        if is_picture(node, "url"):
            yield Image(item.url(node.get("url", ""), node))
    for node in item.all("link", "atom:link"):
        if node.get("rel") == "enclosure" and is_picture(node, "href"):
            named = markup.plain_title(node.get("title", ""))
            yield Image(item.url(node.get("href", ""), node), named)
    for node in item.all("itunes:image", "image"):
        address = node.get("href") or Element(node, item.base).text("url") or node.text or ""
        yield Image(item.url(address, node))


def is_picture(node: etree._Element, attribute: str, medium: str | None = None) -> bool:
    """Whether the media is a picture, by what is said of it, else by the end of its address."""
    said = medium or str(node.get("type", "")).partition("/")[0]
    if said:
        return said == "image"
    return path_of(str(node.get(attribute, ""))).lower().endswith(PICTURE_ENDINGS)


def same_picture(one: Image, other: Image) -> bool:
    """Whether both are sizes of one file, as WordPress names them: phare-300x169.jpg."""
    return bool(other.url) and stem(one.url) == stem(other.url)


def path_of(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]


def stem(url: str) -> str:
    name = path_of(url).rpartition("/")[2].rpartition(".")[0]
    start, _, size = name.rpartition("-")
    return start if size.replace("x", "").isdigit() else name
