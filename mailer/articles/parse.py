"""One front for every format: bytes in, a Feed out, or UnreadableError saying why not.

decode | JSON, page or XML by its first characters | the reader of that format
"""

import re

from mailer.articles import decoding, elements, feeds, json_feeds, pages, sitemaps
from mailer.articles.data import Feed, Problem, UnreadableError

START = 1024
PAGE = re.compile(r"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
XML_ROOT = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|urlset)[\s>:]", re.IGNORECASE)


def parse(content: bytes, base: str = "", content_type: str = "") -> Feed:
    """The feed in those bytes; relative addresses are resolved against the base."""
    text = decoding.decoded(content, content_type).lstrip()
    if text[:1] in {"{", "["}:
        return json_feeds.read(text, base)
    start = text[:START]
    if PAGE.search(start) and not XML_ROOT.search(start):
        return pages.read(text, base)
    return xml(text, base)


def xml(text: str, base: str) -> Feed:
    root = elements.parsed(decoding.well_formed(text))
    name = feeds.local(root) if root is not None else ""
    if root is not None and name in feeds.ROOTS:
        return feeds.read(root, base)
    if root is not None and name in sitemaps.ROOTS:
        return sitemaps.read(root, base)
    raise UnreadableError(Problem.NOT_A_FEED)
