from datetime import timedelta

import pytest
from articles.rss import article, feed

from mailer.articles import illustrations, operations, queries
from mailer.articles.fetch import Reading, Wanted
from mailer.articles.images import Drawn, Picture
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import Conflict, NotFound

URL = "https://exemple.fr/flux"
AT = now()
DOT = Drawn("x.jpg", 1, 1, b"")
PICTURE = Picture(DOT.name, DOT.width, DOT.height, DOT.content, DOT)


def added(*entries, at=AT, url=URL):
    with transaction():
        return operations.add_source(Reading(url, feed(*entries), '"1"'), url, at, "account:1").id


def stored(source_id, *entries, at=AT):
    with transaction():
        return operations.store(source_id, Reading(URL, feed(*entries)), at)


def test_a_source_is_kept_with_its_articles(app):
    source_id = added(article("a"), article("b"))
    assert queries.counts() == {source_id: 2}
    assert queries.source(source_id).name == "Le site"


def test_the_same_address_is_not_added_twice(app):
    added(article("a"))
    with pytest.raises(Conflict):
        added(article("b"))
    assert len(queries.sources()) == 1


def test_the_same_reading_stored_twice_adds_nothing(app):
    source_id = added(article("a"))
    assert (stored(source_id, article("a")), stored(source_id, article("b"))) == (0, 1)
    assert queries.counts() == {source_id: 2}


def test_an_article_that_changed_is_told_anew(app):
    stored(added(article("a", guid="1")), article("a", guid="1", title="Corrigé"))
    assert [each.title for each in queries.recent(9)] == ["Corrigé"]


def test_an_address_that_passes_from_one_article_to_another_is_no_clash(app):
    source_id = added(article("a", guid="1"))
    stored(source_id, article("b", guid="1"), article("a", guid="2"))
    assert {each.url[-1] for each in queries.recent(9)} == {"a", "b"}


def test_an_article_without_a_title_takes_the_start_of_its_summary(app):
    added(article("a", title="", summary="Le port rouvre."))
    assert queries.recent(1)[0].title == "Le port rouvre."


def test_recent_articles_come_newest_first_and_once_each(app):
    old, new = AT - timedelta(days=9), AT - timedelta(days=1)
    added(article("old", published_at=old), article("undated"), article("new", published_at=new))
    added(article("new", published_at=new), url="https://exemple.fr/autre-flux")
    assert [each.title for each in queries.recent(9)] == ["undated", "new", "old"]


def test_a_source_is_claimed_by_one_worker_when_its_hour_has_come(app):
    source_id = added()
    with transaction():
        early = operations.claim_due(AT)
        claimed = operations.claim_due(AT + operations.EVERY)
        again = operations.claim_due(AT + operations.EVERY)
    assert (early, again) == (None, None)
    assert claimed == operations.Claimed(source_id, Wanted(URL, '"1"', since=AT))


def test_a_worker_that_died_costs_one_lease(app):
    added()
    at = AT + operations.EVERY
    with transaction():
        operations.claim_due(at)
        assert operations.claim_due(at + operations.LEASE) is not None


@pytest.mark.parametrize(
    ("failing_for", "pause"),
    [
        (timedelta(), timedelta(minutes=30)),
        (timedelta(hours=3), timedelta(hours=3)),
        (timedelta(days=9), timedelta(days=1)),
    ],
)
def test_the_longer_a_source_fails_the_longer_it_is_left_alone(app, failing_for, pause):
    source_id = added()
    with transaction():
        operations.note_failure(source_id, "too-slow", AT)
        operations.note_failure(source_id, "not-found", AT + failing_for)
    source = queries.source(source_id)
    assert (source.failure, source.failing_since) == ("not-found", AT)
    assert source.next_fetch_at == AT + failing_for + pause


def test_a_source_that_reads_again_has_failed_no_more(app):
    source_id = added()
    with transaction():
        operations.note_failure(source_id, "too-slow", AT)
    stored(source_id)
    assert (queries.source(source_id).failure, queries.source(source_id).failing_since) == (
        None,
        None,
    )


def test_a_removed_source_takes_its_articles_along(app):
    source_id = added(article("a"))
    with transaction():
        operations.remove_source(source_id, "account:1")
    assert (queries.sources(), queries.recent(9)) == ([], [])


def test_what_arrives_for_a_source_removed_meanwhile_is_dropped(app):
    assert stored(99, article("a")) == 0
    with transaction():
        operations.note_failure(99, "too-slow", AT)


def test_a_source_that_is_not_there_cannot_be_removed(app):
    with transaction(), pytest.raises(NotFound):
        operations.remove_source(99, "account:1")


def test_an_alternative_text_of_ours_outlives_later_readings(app):
    source_id = added(article("a", image_url="https://exemple.fr/a.jpg"))
    described = queries.recent(1)[0].id
    with transaction():
        illustrations.describe(described, "Le phare", AT, "account:1")
    stored(source_id, article("a", title="Neuf", image_url="https://exemple.fr/a.jpg"))
    row = queries.recent(1)[0]
    assert (row.title, row.image_alt, row.asks_for_alternative) == ("Neuf", "Le phare", False)


def test_another_image_asks_for_another_text(app):
    source_id = added(article("a", image_url="https://exemple.fr/a.jpg"))
    with transaction():
        illustrations.describe(queries.recent(1)[0].id, "Le phare", AT, "account:1")
    stored(source_id, article("a", image_url="https://exemple.fr/b.jpg"))
    assert queries.recent(1)[0].asks_for_alternative


def test_the_image_of_no_article_cannot_be_described(app):
    with transaction(), pytest.raises(NotFound):
        illustrations.describe(99, "Le phare", AT, "account:1")


def test_an_image_is_tried_three_times(app):
    added(article("a", image_url="https://exemple.fr/a.jpg"))
    claims = []
    for hours in (0, 0, 1, 2, 3, 4, 99):
        with transaction():
            claims.append(illustrations.claim(AT + timedelta(hours=hours)) is not None)
    assert claims == [True, False, True, False, True, False, False]


def test_a_picture_that_comes_after_the_article_names_another_is_dropped(app):
    source_id = added(article("a", image_url="https://exemple.fr/a.jpg"))
    with transaction():
        claimed = illustrations.claim(AT)
    stored(source_id, article("a", image_url="https://exemple.fr/b.jpg"))
    with transaction():
        illustrations.attach(claimed, PICTURE)
    assert queries.recent(1)[0].image_path == ""
