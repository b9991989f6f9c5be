"""Sitemaps: those of news have titles, the others lead to pages that are read one by one."""

from datetime import timedelta

import pytest
import time_machine

from mailer.articles import fetch, jobs, operations, queries
from mailer.articles.data import UnreadableError
from mailer.articles.discovery import discover
from mailer.articles.fetch import Wanted
from mailer.articles.parse import parse
from mailer.clock import now
from mailer.db import transaction
from mailer.outgoing import configured


def sitemap(*addresses: str, day: str = "2026-11-01") -> bytes:
    found = "".join(f"<url><loc>{a}</loc><lastmod>{day}</lastmod></url>" for a in addresses)
    return f"<urlset>{found}</urlset>".encode()


def page(title: str) -> bytes:
    meta = f'<meta property="og:type" content="article"><title>{title}</title>'
    return f"<!doctype html><html><head>{meta}</head></html>".encode()


def test_a_news_sitemap_gives_titles_dates_and_pictures():
    spaces = (
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
    )
    news = (
        "<news:news><news:publication_date>2025-03-12T13:30:00+01:00</news:publication_date>"
        "<news:title>Le phare</news:title></news:news>"
        "<image:image><image:loc>/p.jpg</image:loc><image:caption>Un phare</image:caption>"
        "</image:image>"
    )
    text = f"<urlset {spaces}><url><loc>https://a.fr/1</loc>{news}</url></urlset>"
    [entry] = parse(text.encode(), "https://a.fr/").entries
    found = (entry.title, entry.url, entry.image_url, entry.image_alt)
    assert found == ("Le phare", "https://a.fr/1", "https://a.fr/p.jpg", "Un phare")
    assert entry.published_at.isoformat() == "2025-03-12T13:30:00+01:00"


def test_the_pages_of_a_plain_sitemap_are_read(app, site):
    site.add("/a", page("Le phare"))
    site.add("/contact", b"<!doctype html><html><title>Contact</title></html>")
    url = site.add("/sitemap.xml", sitemap(f"{site.url}/a", f"{site.url}/contact"))
    found = fetch.read(Wanted(url), configured())
    assert [entry.title for entry in found.feed.entries] == ["Le phare"]


def test_of_a_long_sitemap_the_ten_newest_pages_are_read(app, site):
    addresses = [site.add(f"/{n}", page(str(n))) for n in range(30)]
    url = site.add("/sitemap.xml", sitemap(*addresses))
    found = fetch.read(Wanted(url), configured())
    assert [entry.title for entry in found.feed.entries] == [str(n) for n in range(29, 19, -1)]


def test_an_index_leads_to_the_sitemap_of_articles(app, site):
    site.add("/a", page("Le phare"))
    site.add("/post-sitemap.xml", sitemap(f"{site.url}/a"))
    parts = ("page-sitemap.xml", "post-sitemap.xml", "category-sitemap.xml")
    listed = "".join(f"<sitemap><loc>/{part}</loc></sitemap>" for part in parts)
    url = site.add("/sitemap_index.xml", f"<sitemapindex>{listed}</sitemapindex>".encode())
    found = discover(url, configured())
    assert [entry.title for entry in found.reading.feed.entries] == ["Le phare"]
    assert [path for path, _ in site.asked] == ["/sitemap_index.xml", "/post-sitemap.xml", "/a"]


def test_a_sitemap_of_no_articles_says_so(app, site):
    with pytest.raises(UnreadableError):
        discover(site.add("/sitemap.xml", sitemap(f"{site.url}/absent")), configured())


def test_later_only_pages_that_changed_are_read_again(app, site):
    addresses = [site.add(f"/{n}", page(str(n))) for n in range(3)]
    url = site.add("/sitemap.xml", sitemap(*addresses))
    found = discover(url, configured()).reading
    with transaction():
        operations.add_source(found, url, now(), "account:1")
    site.add("/0", page("Corrigé"))
    newest = (now() + timedelta(hours=1)).date().isoformat()
    changed = sitemap(addresses[0], day=newest)[:-9] + sitemap(*addresses[1:], day="2020-01-01")[8:]
    site.add("/sitemap.xml", changed)
    site.asked.clear()
    with time_machine.travel(now() + timedelta(hours=1), tick=True):
        jobs.fetch_due()
    assert [path for path, _ in site.asked] == ["/sitemap.xml", "/0"]
    assert {each.title for each in queries.recent(9)} == {"Corrigé", "1", "2"}
