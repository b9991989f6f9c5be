"""The worker's rounds, against a real site on loopback."""

import io
from datetime import timedelta

import time_machine
from articles.rss import rss
from PIL import Image
from sqlalchemy import select

from mailer.articles import fetch, jobs, operations, queries
from mailer.articles.fetch import Wanted
from mailer.articles.images import Flaw, folder
from mailer.articles.models import Source
from mailer.clock import now
from mailer.db import db, transaction
from mailer.outgoing import Reason, configured


def added(url):
    reading = fetch.read(Wanted(url), configured())
    with transaction():
        return operations.add_source(reading, url, now(), "account:1").id


def an_hour_later():
    return time_machine.travel(now() + timedelta(hours=1), tick=True)


def test_a_round_brings_what_is_new(app, site):
    source_id = added(site.add("/flux", rss("a")))
    site.add("/flux", rss("b", "a"))
    with an_hour_later():
        jobs.fetch_due()
        jobs.fetch_due()
    assert queries.counts() == {source_id: 2}
    assert len(site.asked) == 2


def test_an_unchanged_feed_is_asked_for_by_its_marks(app, site):
    changed = "Wed, 12 Mar 2025 13:30:00 GMT"
    added(site.add("/flux", rss("a"), ETag='W/"7"', Last_Modified=changed))
    site.add("/flux", status=304)
    with an_hour_later():
        jobs.fetch_due()
    headers = site.asked[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('W/"7"', changed)
    source = db.session.scalars(select(Source)).one()
    assert (source.etag, source.failure) == ('W/"7"', None)


def test_a_feed_that_fails_says_why_and_harms_no_other(app, site):
    for name in ("/a", "/b", "/c"):
        added(site.add(name, rss("x")))
    site.add("/a", b"<html>maintenance</html>")
    site.add("/b", status=500)
    site.add("/c", rss("x", "y"))
    with an_hour_later():
        jobs.fetch_due()
    reasons = {source.url[-1]: source.failure for source in queries.sources()}
    assert reasons == {"a": "not-a-feed", "b": "bad-status", "c": None}
    assert sorted(queries.counts().values()) == [1, 1, 2]


def test_slow_sites_leave_the_worker_to_others_and_have_their_turn_later(app, site):
    for n in range(8):
        added(site.add(f"/{n}", rss("a")))
    site.asked.clear()
    with time_machine.travel(now() + timedelta(hours=1), tick=False) as clock:
        site.wait = lambda: clock.shift(timedelta(seconds=10))
        jobs.fetch_due()
        begun = len(site.asked)
        jobs.fetch_due()
    assert (begun, len(site.asked)) == (5, 8)


def test_a_home_page_in_the_place_of_a_feed_is_a_failure(app, site):
    added(site.add("/flux", rss("a")))
    announced = b'<link rel="alternate" type="application/rss+xml" href="/flux">'
    site.add("/flux", b"<!doctype html><html><head>" + announced)
    with an_hour_later():
        jobs.fetch_due()
    assert [source.failure for source in queries.sources()] == ["not-a-feed"]


def test_no_session_is_held_while_the_site_answers(app, site):
    added(site.add("/flux", rss("a")))
    with an_hour_later():
        jobs.fetch_due()
    assert db.engine.pool.checkedout() == 0


def test_an_image_is_copied_small_and_bare(app, site, photo):
    added(site.add("/flux", rss("a", image=site.add("/photo.jpg", photo))))
    jobs.fetch_images()
    article = queries.recent(1)[0]
    kept = [(folder() / name).read_bytes() for name in (article.picture, article.picture_small)]
    assert (article.image_width, article.image_height) == (1104, 552)
    assert [len(Image.open(io.BytesIO(each)).getexif()) for each in (photo, *kept)] == [1, 0, 0]


def test_an_image_that_is_none_leaves_the_article(app, site):
    added(site.add("/flux", rss("a", image=site.add("/photo.jpg", b"<html>"))))
    jobs.fetch_images()
    article = queries.recent(1)[0]
    assert (article.image_path, article.image_due_at) == ("", None)
    assert article.image_failure == Flaw.NO_PICTURE


def test_an_image_that_does_not_come_is_tried_again(app, site, photo):
    added(site.add("/flux", rss("a", image=f"{site.url}/photo.jpg")))
    jobs.fetch_images()
    assert queries.recent(1)[0].image_failure == Reason.NOT_FOUND
    site.add("/photo.jpg", photo)
    with an_hour_later():
        jobs.fetch_images()
    article = queries.recent(1)[0]
    assert (article.image_path[:8], article.image_failure) == ("/medias/", None)
