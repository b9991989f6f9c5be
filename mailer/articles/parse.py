"""One front for every format: bytes in, a Feed out, or UnreadableError saying why not.

decode | JSON, page or XML by its first characters | the reader of that format
"""

import re
from dataclasses import replace

from mailer.articles import decoding, elements, feeds, json_feeds, pages, sitemaps
from mailer.articles.data import Feed, Gap, Note, Problem, UnreadableError

START = 1024
PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
XML_ROOT = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|urlset|sitemapindex)[\s>:]", re.IGNORECASE)
READERS = dict.fromkeys(feeds.ROOTS, feeds.read) | {
    "urlset": sitemaps.read,
    "sitemapindex": sitemaps.read_index,
}


def parse(content: bytes, base: str = "", content_type: str = "") -> Feed:
    """The feed in those bytes; relative addresses are resolved against the base."""
    document = decoding.read(content, content_type)
    feed = text(document.text.lstrip(), base)
    if document.is_guessed:
        return with_note(feed, Note(Gap.ENCODING_GUESSED, document.encoding))
    return feed


def text(document: str, base: str) -> Feed:
    if document[:1] in {"{", "["}:
        return json_feeds.read(document, base)
    start = document[:START]
    if PAGE.search(start) and not XML_ROOT.search(start):
        return pages.read(document, base)
    return xml(document, base)


def xml(document: str, base: str) -> Feed:
    found = elements.parsed(decoding.well_formed(document))
    reader = READERS.get(feeds.local(found.root)) if found.root is not None else None
    if reader is None or found.root is None:
        raise UnreadableError(Problem.NOT_A_FEED)
    feed = reader(found.root, base)
    return with_note(feed, Note(Gap.BROKEN)) if found.is_broken else feed


def with_note(feed: Feed, note: Note) -> Feed:
    return replace(feed, notes=(*feed.notes, note))
