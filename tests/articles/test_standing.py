"""What became of articles since letters copied them."""

from datetime import timedelta

import pytest
import time_machine
from articles.rss import article, feed

from mailer.articles import jobs, operations, presence, queries
from mailer.articles.data import Presence
from mailer.articles.fetch import Reading
from mailer.articles.queries import Standing
from mailer.clock import now
from mailer.db import db, transaction

URL = "https://exemple.fr/flux"
AT = now()
LATER = AT + timedelta(hours=2)


def added(*entries, url=URL, at=AT):
    with transaction():
        return operations.add_source(Reading(url, feed(*entries)), url, at, "account:1").id


def stored(source_id, *entries, at=LATER):
    with transaction():
        operations.store(source_id, Reading(URL, feed(*entries)), at)


def only() -> int:
    return queries.recent(1)[0].id


def standing(number: int) -> Standing:
    return queries.standing([number])[number]


def noted(number, found, at):
    with transaction():
        presence.note(number, found, at)


def test_an_article_that_says_the_same_has_not_changed(app):
    source_id = added(article("a"))
    copied = standing(only())
    stored(source_id, article("a", url="http://www.exemple.fr/a?utm_source=rss"))
    assert standing(only()) == copied == Standing(copied.digest)


def test_an_article_that_says_something_else_has_changed_since(app):
    source_id = added(article("a"))
    copied = standing(only())
    stored(source_id, article("a", title="Neuf"))
    found = standing(only())
    assert (found.digest != copied.digest, found.changed_at, found.is_gone) == (True, LATER, False)


def test_an_article_under_a_new_guid_is_the_same_article(app):
    source_id = added(article("a", guid="1"))
    number = only()
    stored(source_id, article("a", guid="2"))
    assert (queries.counts(), only()) == ({source_id: 1}, number)


def test_an_article_whose_source_was_removed_is_gone(app):
    source_id = added(article("a"))
    number = only()
    with transaction():
        operations.remove_source(source_id, "account:1")
    assert standing(number) == Standing()
    assert standing(number).is_gone


def test_the_number_of_an_article_is_never_given_again(app):
    source_id = added(article("a"))
    number = only()
    with transaction():
        operations.remove_source(source_id, "account:1")
    added(article("b"))
    assert only() != number


def test_an_article_of_two_sources_is_offered_once(app):
    added(article("a"))
    added(article("a", url="http://www.exemple.fr/a/?utm_medium=x"), url="https://exemple.fr/2")
    assert len(queries.recent(9)) == 1


def test_a_vanished_article_is_offered_no_more(app):
    added(article("a"))
    number = only()
    noted(number, Presence.GONE, LATER)
    assert (queries.recent(9), standing(number).vanished_at) == ([], LATER)
    assert standing(number).is_gone


def test_the_day_it_vanished_stays_until_it_comes_back(app):
    added(article("a"))
    number = only()
    for found, hours in ((Presence.GONE, 0), (Presence.GONE, 1), (Presence.UNKNOWN, 2)):
        noted(number, found, LATER + timedelta(hours=hours))
    assert standing(number).vanished_at == LATER
    noted(number, Presence.THERE, LATER + timedelta(hours=3))
    assert standing(number).vanished_at is None


def test_a_page_is_asked_for_every_day_while_its_article_is_recent(app):
    added(article("a"), article("old", published_at=AT - timedelta(days=99)))
    asked = []
    for days in (0, 1, 1, 2, 27, 29, 40):
        with transaction():
            asked.append(presence.claim(AT + timedelta(days=days)) is not None)
    assert asked == [False, True, False, True, True, True, False]


@pytest.mark.parametrize(
    ("status", "vanished"), [(200, False), (304, False), (404, True), (410, True), (500, False)]
)
def test_a_page_that_is_found_no_more_has_vanished(app, site, status, vanished):
    page = site.add("/a", b"x" * 9_000, status=status)
    added(article("a", url=page))
    number = only()
    with time_machine.travel(now() + timedelta(days=1, hours=1), tick=True):
        jobs.ask_pages()
        jobs.ask_pages()
    assert standing(number).is_gone is vanished
    assert [path for path, _ in site.asked] == ["/a"]


def test_a_page_is_asked_whether_it_changed_since_it_was_last_seen(app, site):
    added(article("a", url=site.add("/a", b"x")))
    for days in (2, 4):
        with time_machine.travel(now() + timedelta(days=days), tick=True):
            jobs.ask_pages()
    given = [headers.get("If-Modified-Since") for _, headers in site.asked]
    assert (given[0], given[1][-3:]) == (None, "GMT")


def test_no_session_is_held_while_pages_are_asked_for(app, site):
    held, pool = [], db.engine.pool
    site.wait = lambda: held.append(pool.checkedout())
    added(article("a", url=site.add("/a", b"x")))
    with time_machine.travel(now() + timedelta(days=2), tick=True):
        jobs.ask_pages()
    assert held == [0]
