import pytest
from articles.rss import article

from mailer.articles.changes import Changes, Known, compare, digest, key


def known(data, number=1):
    return Known(number, key(data.url), data.guid, digest(data))


def test_what_is_not_stored_is_new():
    assert [entry.data for entry in compare([], [article("a")]).new] == [article("a")]


def test_what_is_stored_and_says_the_same_is_no_change():
    assert compare([known(article("a"))], [article("a")]) == Changes((), ())


def test_what_is_stored_and_says_something_else_has_changed():
    [(number, entry)] = compare([known(article("a"))], [article("a", summary="neuf")]).changed
    assert (number, entry.data.summary) == (1, "neuf")


def test_an_article_that_moved_is_recognised_by_its_guid():
    moved = article("a", url="https://exemple.fr/autre", guid="42")
    [(number, entry)] = compare([known(article("a", guid="42"))], [moved]).changed
    assert (number, entry.data.url) == (1, moved.url)


def test_the_first_of_two_entries_with_one_address_is_kept():
    changes = compare([], [article("a"), article("a", title="b")])
    assert [entry.data.title for entry in changes.new] == ["a"]


def test_two_addresses_under_one_guid_are_two_articles():
    stored = known(article("a", guid="same"))
    changes = compare([stored], [article("a", guid="same"), article("b", guid="same")])
    assert [entry.data.title for entry in changes.new] == ["b"]


def test_an_article_without_a_link_is_left_out():
    assert compare([], [article("a", url="")]) == Changes((), ())


@pytest.mark.parametrize(
    "url",
    [
        "http://exemple.fr/a?x=1",
        "https://exemple.fr/a?x=1",
        "https://www.exemple.fr/a/?x=1",
        "https://EXEMPLE.fr/a?x=1&utm_source=rss&utm_medium=feed",
        "https://exemple.fr/a?at_medium=rss&x=1#suite",
        "https://exemple.fr/%61?x=1&mc_cid=7",
    ],
)
def test_addresses_of_one_page_have_one_key(url):
    assert key(url) == key("https://exemple.fr/a?x=1")


def test_another_way_to_write_the_address_says_nothing_new():
    plain, tracked = article("a"), article("a", url="http://www.exemple.fr/a/?utm_source=rss")
    assert digest(plain) == digest(tracked)


@pytest.mark.parametrize("url", ["https://exemple.fr/a?x=2", "https://exemple.fr/A?x=1"])
def test_addresses_of_other_pages_have_other_keys(url):
    assert key(url) != key("https://exemple.fr/a?x=1")
