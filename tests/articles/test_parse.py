"""Feeds with their intended truth, and real ones with what feedparser reads in them."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from mailer.articles.data import Kind, UnreadableError
from mailer.articles.parse import parse
from mailer.clock import PARIS

HERE = Path(__file__).parents[1] / "corpus" / "feeds"
OUTSIDE = Path(__file__).parents[3] / "shared" / "corpora" / "feeds"
SEED = Path(__file__).parents[3] / "shared" / "seed"
MADE = json.loads((HERE / "fr-made.json").read_text(encoding="utf-8"))
BASES = {"article.html": "https://agence.example/le-havre?x=1"}


def instant(text: str | None) -> datetime | None:
    """The date of a manifest; without a zone it is Paris time."""
    if text is None:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=PARIS)


@pytest.mark.parametrize("case", MADE, ids=lambda case: case["file"])
def test_a_french_feed_gives_its_titles_links_dates_and_images(case):
    content = (HERE / "fr-made" / case["file"]).read_bytes()
    feed = parse(content, BASES.get(case["file"], ""))
    found = [(e.title, e.url, e.published_at, e.image_url) for e in feed.entries]
    assert found == [
        (
            e["title"] or "",
            e["link"],
            instant(e["date"]),
            e.get("image") or e.get("body_image") or "",
        )
        for e in case["expected"]
    ]


def outside_cases() -> list[dict[str, object]]:
    manifest = OUTSIDE / "manifest.json"
    if not manifest.is_file():
        return []
    return [c for c in json.loads(manifest.read_text(encoding="utf-8")) if "feedparser" in c]


def usable(entry: dict[str, str | None]) -> tuple[str, datetime | None]:
    return folded(entry["title"] or ""), instant(entry["date"])


def folded(text: str) -> str:
    return " ".join(text.replace("&nbsp;", " ").split())


# These say nothing of their encoding, and are in none that French feeds come in.
UNDECLARED = {"feedparser/eucjp.xml", "feedparser/koi8r.xml", "feedparser/shiftjis.xml"}


@pytest.mark.skipif(
    not outside_cases(), reason="no ../shared/corpora/feeds to read real feeds from"
)
def test_real_feeds_give_the_titles_and_dates_that_feedparser_reads():
    wrong = []
    for case in outside_cases():
        wanted = case["feedparser"]["entries"]
        if wanted and case["file"] not in UNDECLARED:
            entries = parse((OUTSIDE / case["file"]).read_bytes()).entries[: len(wanted)]
            if [(e.title, e.published_at) for e in entries] != [usable(e) for e in wanted]:
                wrong.append(case["file"])
    assert wrong == []


@pytest.mark.skipif(
    not outside_cases(), reason="no ../shared/corpora/feeds to read real feeds from"
)
def test_real_feeds_give_every_web_address_that_feedparser_reads():
    wrong = []
    for case in outside_cases():
        wanted = case["feedparser"]["entries"]
        entries = parse((OUTSIDE / case["file"]).read_bytes()).entries if wanted else ()
        pairs = zip(entries, wanted, strict=False)
        wrong += [
            e.url for e, w in pairs if (w["link"] or "").startswith("http") and e.url != w["link"]
        ]
    # feedparser carries one item's xml:base over into the next; the standard does not.
    assert wrong == ["https://example.com/second"]


@pytest.mark.skipif(not SEED.is_dir(), reason="no ../shared/seed to read the article from")
def test_the_real_article_comes_in_with_its_picture_and_its_alternative_text():
    [entry] = parse((SEED / "feed.xml").read_bytes()).entries
    assert entry.title.startswith("Journée du Marketing Territorial : plus de 20 collectivités")
    assert entry.url == "https://www.exemple.fr/actualites/journee-marketing-territorial"
    assert entry.published_at == datetime.fromisoformat("2018-06-28T09:00:00+02:00")
    assert entry.image_url == "https://www.exemple.fr/images/journee-marketing-territorial.jpg"
    assert entry.image_alt == "Les participants à la journée, devant l'abbaye d'Ardenne"


@pytest.mark.skipif(not SEED.is_dir(), reason="no ../shared/seed to read the article from")
def test_the_page_of_the_real_article_gives_the_same():
    page = parse((SEED / "article.html").read_bytes(), "https://www.exemple.fr/actualites/jmt")
    [entry] = parse((SEED / "feed.xml").read_bytes()).entries
    [read] = page.entries
    assert (read.title, read.published_at, read.image_url, read.summary) == (
        entry.title,
        entry.published_at,
        entry.image_url,
        entry.summary,
    )


def test_a_page_tells_the_feeds_it_announces():
    content = (HERE / "fr-made" / "article.html").read_bytes()
    feed = parse(content, BASES["article.html"])
    assert (feed.kind, feed.feeds) == (Kind.PAGE, ("https://agence.example/feed/",))


def test_the_picture_of_a_wordpress_item_has_the_alternative_text_of_its_larger_size():
    entry = parse((HERE / "fr-made" / "wordpress.xml").read_bytes()).entries[0]
    assert entry.image_alt == "Le phare de Gatteville"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"{}",
        b"[1, 2]",
        b'{"items": "no"}',
        b"<html><body><p>Bonjour</p></body></html>",
        b"<!doctype html><title>Page</title>",
        b"<?xml version='1.0'?><note>no</note>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"PK\x03\x04",
        b"<urlset></urlset>",
        b"<sitemapindex></sitemapindex>",
    ],
)
def test_what_is_no_feed_says_so(content):
    with pytest.raises(UnreadableError):
        parse(content)


def test_a_feed_without_articles_is_a_feed():
    assert parse(b"<rss><channel><title>Vide</title></channel></rss>").entries == ()
