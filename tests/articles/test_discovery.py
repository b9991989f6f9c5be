"""From a site's bare address to its feed, on real sites of loopback."""

import json
from datetime import timedelta

import pytest
import time_machine
from articles.rss import rss

from mailer.articles import presets
from mailer.articles.data import Kind, Problem, UnreadableError
from mailer.articles.discovery import discover
from mailer.articles.presets import Preset
from mailer.clock import now
from mailer.outgoing import Reason, RequestError, configured

ALTERNATE = '<link rel="alternate" type="application/rss+xml" href="{}" title="{}">'
REST = '<link rel="https://api.w.org/" href="/wp-json/">'


def page(*head: str, body: str = "") -> bytes:
    return f"<!doctype html><html><head>{''.join(head)}</head><body>{body}</body></html>".encode()


def generator(name: str) -> str:
    return f'<meta name="generator" content="{name}">'


def posts(picture: str = "") -> bytes:
    media = {"source_url": picture, "alt_text": "Un phare"} if picture else {}
    post = {
        "link": "https://exemple.fr/phare",
        "title": {"rendered": "Le phare &#8211; suite"},
        "excerpt": {"rendered": "<p>Il rouvre.</p>"},
        "date_gmt": "2025-03-12T12:30:00",
        "_embedded": {"wp:featuredmedia": [media]},
    }
    return json.dumps([post]).encode()


def found(site):
    """What is found at the bare address, and the paths that were asked for."""
    result = discover(site.url + "/", configured())
    return result.reading.url.removeprefix(site.url), result.preset, [p for p, _ in site.asked]


@pytest.mark.parametrize(
    ("name", "preset", "path"),
    [
        ("WordPress 6.5", Preset.WORDPRESS, "/feed/"),
        ("Drupal 10 (https://www.drupal.org)", Preset.DRUPAL, "/rss.xml"),
        ("SPIP 4.2.9", Preset.SPIP, "/?page=backend"),
        ("Hugo 0.125.4", Preset.HUGO, "/index.xml"),
    ],
)
def test_a_site_that_announces_nothing_is_known_by_its_software(app, site, name, preset, path):
    site.add("/", page(generator(name)))
    site.add(path, rss("a", image="https://exemple.fr/a.jpg"))
    url, software, asked = found(site)
    assert (url, software, asked[-1]) == (path, preset, path)
    assert len(asked) <= 3


@pytest.mark.parametrize(
    ("headers", "body", "preset"),
    [
        ({"X_Generator": "Drupal 10"}, "", Preset.DRUPAL),
        ({"Composed_By": "SPIP 4.2 @ www.spip.net"}, "", Preset.SPIP),
        ({"Link": '<https://a.fr/wp-json/>; rel="https://api.w.org/"'}, "", Preset.WORDPRESS),
        ({}, '<img src="/wp-content/uploads/a.jpg">', Preset.WORDPRESS),
        ({}, '<img src="/sites/default/files/a.jpg">', Preset.DRUPAL),
        ({}, '<a href="spip.php?article3">', Preset.SPIP),
        ({}, "<p>Un site fait à la main</p>", None),
    ],
)
def test_software_shows_itself_without_a_generator_too(app, site, headers, body, preset):
    site.add("/", page(ALTERNATE.format("/flux", ""), body=body), **headers)
    site.add("/flux", rss("a", image="https://exemple.fr/a.jpg"))
    assert found(site)[:2] == ("/flux", preset)


def test_what_the_page_announces_comes_first_and_comments_never(app, site):
    comments = ALTERNATE.format("/comments/feed/", "Commentaires")
    site.add("/", page(generator("WordPress 6"), comments, ALTERNATE.format("/actus.xml", "")))
    site.add("/actus.xml", rss("a", image="https://exemple.fr/a.jpg"))
    assert found(site) == ("/actus.xml", Preset.WORDPRESS, ["/", "/actus.xml"])


def test_what_the_header_announces_is_found(app, site):
    link = '</x>; rel="shortlink", </flux>; rel="alternate"; type="application/rss+xml"'
    site.add("/", page(), Link=link)
    site.add("/flux", rss("a"))
    assert found(site) == ("/flux", None, ["/", "/flux"])


def test_wordpress_gives_by_its_interface_the_pictures_that_its_feed_lacks(app, site):
    site.add("/", page(generator("WordPress 6"), REST, ALTERNATE.format("/feed/", "")))
    site.add("/feed/", rss("a"))
    site.add("/wp-json/wp/v2/posts?_embed", posts("https://exemple.fr/p.jpg"))
    result = discover(site.url, configured())
    [entry] = result.reading.feed.entries
    assert (result.reading.feed.kind, entry.title) == (Kind.WORDPRESS, "Le phare – suite")
    assert (entry.image_url, entry.image_alt) == ("https://exemple.fr/p.jpg", "Un phare")
    assert (entry.summary, entry.published_at.isoformat()) == (
        "Il rouvre.",
        "2025-03-12T12:30:00+00:00",
    )


def test_an_interface_that_has_no_pictures_either_is_left_for_the_feed(app, site):
    site.add("/", page(generator("WordPress 6"), REST, ALTERNATE.format("/feed/", "")))
    site.add("/feed/", rss("a"))
    site.add("/wp-json/wp/v2/posts?_embed", posts())
    assert found(site)[0] == "/feed/"


def test_the_interface_of_a_site_without_pretty_addresses_is_asked_as_it_wants():
    root = "https://a.fr/index.php?rest_route=/"
    assert presets.rest(root) == "https://a.fr/index.php?rest_route=/wp/v2/posts&_embed"


def test_a_site_in_a_folder_has_its_feed_in_that_folder(app, site):
    site.add("/blog/", page(generator("Hugo 0.125")))
    site.add("/blog/index.xml", rss("a"))
    result = discover(f"{site.url}/blog/", configured())
    assert (result.reading.url, result.preset) == (f"{site.url}/blog/index.xml", Preset.HUGO)


def test_a_silent_site_is_asked_a_handful_of_times_and_no_more(app, site):
    site.add("/", page())
    with pytest.raises(UnreadableError) as failure:
        found(site)
    assert failure.value.reason is Problem.NOT_A_FEED
    assert len(site.asked) == 6


def test_an_address_without_a_scheme_is_asked_for_securely_then_plainly(app, site):
    site.add("/", page(ALTERNATE.format("/flux", "")))
    site.add("/flux", rss("a"))
    result = discover(site.url.removeprefix("http://"), configured())
    assert result.reading.url == f"{site.url}/flux"


def test_the_page_of_an_article_is_a_source_of_its_own(app, site):
    site.add("/actus/a", page('<meta property="og:type" content="article"><title>A</title>'))
    result = discover(f"{site.url}/actus/a", configured())
    assert [entry.title for entry in result.reading.feed.entries] == ["A"]
    assert len(site.asked) == 1


def test_a_page_that_says_nothing_of_itself_is_read_by_its_one_article(app, site):
    body = "<article><h1>Le phare</h1><time datetime='2025-03-12'>12 mars</time></article>"
    site.add("/phare", page("<title>Le phare</title>", body=body))
    [entry] = discover(f"{site.url}/phare", configured()).reading.feed.entries
    assert (entry.title, entry.published_at.isoformat()[:10]) == ("Le phare", "2025-03-12")


def test_a_site_that_is_not_there_says_so(app, site):
    with pytest.raises(RequestError) as failure:
        discover(f"{site.url}/absent", configured())
    assert failure.value.reason is Reason.NOT_FOUND


def test_a_site_that_is_slow_again_and_again_is_left_so_that_others_have_their_turn(app, site):
    site.add("/", page())
    with time_machine.travel(now(), tick=False) as clock:
        site.wait = lambda: clock.shift(timedelta(seconds=10))
        with pytest.raises(RequestError) as failure:
            found(site)

    assert failure.value.reason is Reason.TOO_SLOW
    assert len(site.asked) == 4
