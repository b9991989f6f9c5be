"""Documents made to exhaust or to deceive are read or refused, soon and without a call."""

import json
import re
import time

import pytest
from articles.hostile import ASKING, DEEP, MANY, TYPES, documents

from mailer.articles.data import Feed, Gap, Note, UnreadableError
from mailer.articles.elements import MAX_TAGS, cut
from mailer.articles.parse import parse

DOCUMENTS = dict(documents())


def within(seconds: float, content: bytes) -> Feed | None:
    """What is read, which must not take long; the bound leaves room for a busy machine."""
    started = time.process_time()
    try:
        return parse(content, "https://a.fr/feed")
    except UnreadableError:
        return None
    finally:
        assert time.process_time() - started < seconds


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_hostile_document_is_read_or_refused_in_time(name):
    feed = within(4, DOCUMENTS[name])
    assert feed is None or len(feed.entries) <= 500


def test_only_the_first_500_items_are_kept():
    assert len(within(4, MANY).entries) == 500


def test_of_a_document_of_tags_alone_only_the_start_is_read():
    assert len(cut(b"<b " * 1_600_000)) == 3 * MAX_TAGS
    assert within(4, b"<rss><channel>" + b"<b/>" * 1_000_000).notes == (Note(Gap.BROKEN),)


@pytest.mark.parametrize("start", TYPES.values(), ids=TYPES)
def test_an_entity_is_never_expanded(start):
    [entry] = within(1, start + ASKING).entries
    assert entry.title == "&lol9;&lol9;&lol9;"


def test_no_document_makes_a_call_to_the_network(app, site):
    url = site.add("/evil.dtd", b'<!ENTITY lol9 "x">')
    for start in (
        f'<!DOCTYPE r SYSTEM "{url}">',
        f'<!DOCTYPE r [<!ENTITY lol9 SYSTEM "{url}">]>',
        f'<!DOCTYPE r [<!ENTITY % p SYSTEM "{url}"> %p;]>',
        f'<?xml-stylesheet href="{url}"?>',
    ):
        parse(start.encode() + ASKING, f"{site.url}/feed")
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{url}"/>'
    parse(f"<rss><channel><item>{include}</item></channel></rss>".encode(), site.url)
    assert site.asked == []


@pytest.mark.parametrize("content", DEEP)
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
