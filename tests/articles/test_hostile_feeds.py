"""Feeds made to exhaust or to deceive. Each once took a parser minutes, or its memory."""

import json
import re
import time

import pytest

from mailer.articles.data import Feed, UnreadableError
from mailer.articles.parse import parse

LAUGHS = "".join(f'<!ENTITY lol{n} "{(f"&lol{n - 1};" if n else "lol") * 10}">' for n in range(10))
CASES = {
    "comments in CDATA": b"<title><![CDATA[" + b"<!--" * 200_000 + b"]]></title>",
    "nested markup": b"<description><![CDATA[" + b"<div>" * 60_000 + b"]]></description>",
    "nested elements": b"<div>" * 60_000 + b"x" + b"</div>" * 60_000,
    "open CDATA": b"<![CDATA[" * 500_000,
    "bare ampersands": b"<title>" + b"&" * 4_900_000 + b"</title>",
    "tags in a title": b"<title>" + b"<b " * 1_600_000 + b"</title>",
    "tags in a CDATA title": b"<title><![CDATA[" + b"<b " * 1_600_000 + b"]]></title>",
    "a field many times": b'<media:content url=""/>' * 200_000,
    "a long base": b'<a xml:base="' + b"http://a/" * 100_000 + b'"/><link>x</link>' * 20,
    "nested bases": b'<a xml:base="a/">' * 250 + b"<item><link>x</link></item>" * 20_000,
}


def within(seconds: float, content: bytes) -> Feed | None:
    """What is read, which must not take long; the bound leaves room for a busy machine."""
    started = time.process_time()
    try:
        return parse(content, "https://a.fr/feed")
    except UnreadableError:
        return None
    finally:
        assert time.process_time() - started < seconds


@pytest.mark.parametrize("body", CASES.values(), ids=CASES)
def test_a_hostile_item_is_read_or_refused_in_time(body):
    feed = within(4, b"<rss><channel><item>" + body + b"</item></channel></rss>")
    assert feed is None or len(feed.entries) <= 500


def test_only_the_first_500_items_are_kept():
    feed = within(4, b"<rss><channel>" + b"<item><title>t</title></item>" * 100_000)
    assert len(feed.entries) == 500


@pytest.mark.parametrize(
    "content",
    [
        f"<!DOCTYPE r [{LAUGHS}]>".encode(),
        b'<!DOCTYPE r [<!ENTITY lol9 "' + b"a" * 100_000 + b'">]>',
        b'<!DOCTYPE r [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/evil.dtd">',
        b'<!DOCTYPE r [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
    ids=["billion laughs", "quadratic", "file", "outside definition", "parameter"],
)
def test_an_entity_is_never_expanded(content):
    item = b"<rss><channel><item><title>" + b"&lol9;" * 3 + b"</title></item></channel></rss>"
    [entry] = within(1, content + item).entries
    assert entry.title == "&lol9;&lol9;&lol9;"


@pytest.mark.parametrize("content", [b"[" * 2_000_000, b'{"items":' * 500_000, b'{"items": [' * 9])
def test_deep_json_is_refused(content):
    assert within(1, content) is None


def test_links_that_run_code_are_dropped():
    links = b"<link>javascript:alert(1)</link><guid>data:text/html,x</guid>"
    [entry] = within(1, b"<rss><channel><item>" + links + b"</item></channel></rss>").entries
    assert entry.url == ""


def test_no_title_can_add_a_header_or_turn_the_text_around():
    item = "<item><title>A&#13;&#10;Bcc: x@exemple.fr \u202eB</title></item>"
    [entry] = within(1, f"<rss><channel>{item}</channel></rss>".encode()).entries
    assert entry.title == "A Bcc: x@exemple.fr B"


@pytest.mark.parametrize("field", ["id", "url", "title", "summary", "content_html", "image"])
def test_no_text_of_a_json_feed_holds_what_no_database_takes(field):
    item = {"url": "https://a.fr/x", "title": "t"} | {field: "https://a.fr/\0\ud800y"}
    (entry,) = parse(json.dumps({"items": [item]}).encode()).entries
    assert not re.search("[\0\ud800]", "".join(map(str, vars(entry).values())))
