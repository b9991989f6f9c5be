"""The archive as programs read it: Atom (RFC 4287) and JSON Feed 1.1."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """A letter; its address is its name too, for it never changes."""

    url: str
    title: str
    summary: str
    text: str
    language: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """The newest letters; `page` is where people read them, `url` where programs do."""

    title: str
    author: str
    page: str
    url: str
    entries: Sequence[Entry]
    # Of a feed without letters: when it could first have had one.
    since: datetime

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=self.since)


def atom(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _text(root, "id", feed.url)
    _text(root, "title", feed.title)
    _text(root, "updated", _instant(feed.updated))
    _text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    _link(root, "self", feed.url, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    for entry in feed.entries:
        _entry(etree.SubElement(root, f"{{{ATOM}}}entry"), entry)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document


def json_feed(feed: Feed) -> str:
    """The feed as a JSON Feed."""
    told = {
        "version": JSON_FEED,
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "authors": [{"name": feed.author}],
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _entry(parent: etree._Element, entry: Entry) -> None:
    parent.set(XML_LANG, entry.language)
    _text(parent, "id", entry.url)
    _text(parent, "title", entry.title)
    _text(parent, "published", _instant(entry.published))
    _text(parent, "updated", _instant(entry.updated))
    _link(parent, "alternate", entry.url, "text/html")
    if entry.summary:
        _text(parent, "summary", entry.summary)


def _item(entry: Entry) -> dict[str, str]:
    return {
        "id": entry.url,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        # One of the contents must stand (1.1, "items").
        "content_text": entry.text or entry.summary or entry.title,
        "language": entry.language,
        "date_published": _instant(entry.published),
        "date_modified": _instant(entry.updated),
    }


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _sayable(text)


def _link(parent: etree._Element, rel: str, href: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=kind)


def _sayable(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold (2.2)."""
    held = (c for c in text if (c >= " " or c in "\t\n\r") and c not in "\ufffe\uffff")
    return "".join(held)


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
