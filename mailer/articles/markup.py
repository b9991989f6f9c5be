"""From the HTML of titles and bodies to plain text, and to the first picture in it."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

MAX_BODY = 256_000
# How much of a body is read at first.
HEAD = 3_000
MAX_TITLE = 300
MAX_SUMMARY = 600
MAX_URL = 2000
# A picture that counts is never behind so many others, nor a title under so much markup.
MAX_IMAGES = 50
MAX_RAW_TITLE = 5000

# Bidirectional overrides and isolates could turn a title or an address around (UAX 9; CWE-1007).
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# "Marée < 110" is no tag: a name of HTML must follow at once.
TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|br|cite|code|del|dfn|div|em|font|h[1-6]|i|img|ins|kbd|li|mark|ol|p|q|s"
    r"|script|small|span|strike|strong|sub|sup|time|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Windows-1252 letters given by their number in it, as Word and old editors do.
C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
ABSOLUTE = re.compile("https?://", re.IGNORECASE)
OLD_LETTER = re.compile("[\x80-\x9f]")
IMAGE = re.compile("<ima?ge?", re.IGNORECASE)
SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object", "svg", "head"})
INLINE = frozenset({"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "small", "span",
                    "strong", "sub", "sup", "time", "u"})  # fmt: skip


@dataclass(frozen=True)
class Image:
    """A picture and the text that stands for it."""

    url: str = ""
    alt: str = ""


@dataclass(frozen=True)
class Body:
    """A body, as text or HTML: what it says, and the first picture that it shows."""

    html: str
    base: str

    @cached_property
    def text(self) -> str:
        """The beginning of what it says."""
        if not self.is_html:
            return shortened(line(html.unescape(self.html)), MAX_SUMMARY)
        found = beginning(tree(self.until(HEAD)))
        is_enough = len(found) > MAX_SUMMARY or len(self.html) <= HEAD
        return shortened(found if is_enough else beginning(self.whole), MAX_SUMMARY)

    @cached_property
    def image(self) -> Image:
        """The first picture in it."""
        start = IMAGE.search(self.html)
        if start is None:
            return Image()
        found = first_image(tree(self.until(self.html.find(">", start.end()) + 1)), self.base)
        return found if found.url else first_image(self.whole, self.base)

    @cached_property
    def whole(self) -> etree._Element | None:
        return tree(self.html)

    def until(self, length: int) -> str:
        """The start of it, cut behind a tag: nearly always it holds all that is wanted."""
        cut = self.html.rfind(">", 0, length) + 1
        return self.html[:cut] if cut and length < len(self.html) else self.html

    @property
    def is_html(self) -> bool:
        return "<" in self.html


def line(text: str) -> str:
    """The text on one line: whitespace folded, nothing that hides or turns letters."""
    kept = BIDI.sub("", text.translate(C1) if OLD_LETTER.search(text) else text)
    return CONTROLS.sub("", " ".join(kept.split()))


def title(text: str) -> str:
    """A title given as HTML or as text, as one line of text."""
    return shortened(line(html.unescape(TAG.sub("", text[:MAX_RAW_TITLE]))), MAX_TITLE)


def plain_title(text: str) -> str:
    """A title that is known to be text."""
    return shortened(line(text[:MAX_RAW_TITLE]), MAX_TITLE)


def shortened(text: str, longest: int) -> str:
    """The text, cut between two words when it is longer."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rpartition(" ")[0].rstrip(",;:.–— ") + "…"


def body(text: str, base: str) -> Body:
    """A body to be read, of which no more is looked at than a summary needs."""
    return Body(text[:MAX_BODY], base)


def tree(text: str) -> etree._Element | None:
    """The HTML as a tree; the parser stops going deeper at 256 levels by itself."""
    # Given as UTF-8 bytes, since lxml refuses a str that names another encoding.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except etree.ParserError:
        return None


def beginning(root: etree._Element | None) -> str:
    """The first words, a few more than a summary holds."""
    found, length = [], 0
    for piece in words(root) if root is not None else ():
        found.append(piece)
        length += len(piece.strip())
        if length > MAX_SUMMARY:
            break
    return line("".join(found))


def words(element: etree._Element) -> Iterator[str]:
    """The text in reading order; blocks part words, inline elements do not."""
    for event, node in etree.iterwalk(element, events=("start", "end")):
        silent = node.tag in SILENT
        if event == "start" and not silent:
            yield ("" if node.tag in INLINE else " ") + (node.text or "")
        if event == "end":
            yield ("" if node.tag in INLINE else " ") + (node.tail or "")


def first_image(root: etree._Element | None, base: str) -> Image:
    """The first picture that is more than a counter's pixel."""
    for node in islice(root.iter("img"), MAX_IMAGES) if root is not None else ():
        url = web_url(node.get("src") or "", base)
        if url and not {node.get("width"), node.get("height")} & {"0", "1"}:
            return Image(url, plain_title(node.get("alt") or ""))
    return Image()


def page_url(typed: str) -> str:
    """The address of a page on the web that somebody gave, or an empty string."""
    url = web_url(typed)
    return url if "." in url else ""


def web_url(address: str, base: str = "") -> str:
    """The absolute http or https address, or an empty string for anything else."""
    address = BIDI.sub("", CONTROLS.sub("", address)).strip().replace("\n", "").replace("\r", "")
    try:
        url = address if ABSOLUTE.match(address) else urljoin(base, address) if address else ""
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return ""
    return url.replace(" ", "%20") if usable and len(url) <= MAX_URL else ""
