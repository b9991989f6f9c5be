"""Which articles a section takes, as plain data."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.articles.changes import key
from mailer.newsletters.block_types import Article, Heading, Section, Text
from mailer.newsletters.blocks import Block, When, dump, parse
from mailer.newsletters.sections import Candidate, picked, unfolded

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


def candidate(number, days=0, *, title="", summary="", source=1, url="", sent=False):
    at = AT - timedelta(days=days, minutes=number)
    return Candidate(
        number, key(url or f"https://exemple.fr/{number}"), source, title, summary, at, sent
    )


def taken(section, *candidates, before=()):
    blocks = (*before, Block("s", section))
    return [each.id for each in picked(blocks, candidates, AT)["s"]]


def test_the_newest_come_first_and_no_more_than_asked_for():
    found = taken(Section(newest=2), candidate(1, days=3), candidate(2, days=1), candidate(3))
    assert found == [3, 2]


def test_what_is_older_than_the_days_is_left_out():
    assert taken(Section(days=7), candidate(1, days=8), candidate(2, days=6)) == [2]


def test_only_the_named_sources_count():
    assert taken(Section(sources=(2,)), candidate(1), candidate(2, source=2)) == [2]


def test_what_the_list_has_had_is_passed_over_unless_it_may_come_again():
    assert taken(Section(), candidate(1, sent=True), candidate(2)) == [2]
    assert taken(Section(unsent=False), candidate(1, sent=True), candidate(2)) == [1, 2]


def test_fewer_than_the_least_are_none():
    assert taken(Section(least=2), candidate(1)) == []
    assert taken(Section(least=2), candidate(1), candidate(2)) == [1, 2]


@pytest.mark.parametrize(
    ("words", "title", "fits"),
    [
        ("maree", "Les grandes MARÉES d’équinoxe", True),
        ("MARÉE", "La maree du siècle", True),
        ("port", "Un transport de plus", False),
        ("phare digue", "La digue tient bon", True),
        ("grande marée, digue", "Une petite marée", False),
        ("grande marée, digue", "Une grande  maree", True),
        ("grande marée, digue", "La grande marée", True),
        ("c++", "Le c++ en mer", True),
        (" , ", "Tout", True),
    ],
)
def test_words_are_found_whatever_their_accents_and_capitals(words, title, fits):
    assert bool(taken(Section(words=words), candidate(1, title=title))) is fits


def test_words_are_found_in_the_summary_too():
    assert taken(Section(words="phare"), candidate(1, summary="Le phare rouvre.")) == [1]


def test_an_article_stands_once_among_two_sections():
    first, second = Block("s1", Section(newest=1)), Block("s2", Section())
    found = picked((first, second), [candidate(1), candidate(2)], AT)
    assert [[each.id for each in found[name]] for name in ("s1", "s2")] == [[1], [2]]


def test_a_section_that_stays_out_takes_nothing_from_the_next():
    first, second = Block("s1", Section(least=3)), Block("s2", Section())
    found = picked((first, second), [candidate(1)], AT)
    assert [len(found[name]) for name in ("s1", "s2")] == [0, 1]


def test_an_article_that_stands_as_a_block_is_not_taken_again():
    by_number = Block("b1", Article(title="Un", url="https://autre.exemple.fr", article_id=1))
    by_address = Block("b2", Article(title="Deux", url="http://www.exemple.fr/2?utm_source=x"))
    found = taken(
        Section(), candidate(1), candidate(2), candidate(3), before=(by_number, by_address)
    )
    assert found == [3]


def test_the_same_page_of_two_sources_is_one_article():
    twin = "https://exemple.fr/phare"
    assert taken(Section(), candidate(1, url=twin), candidate(2, source=2, url=twin)) == [1]


def test_a_number_typed_by_mistake_takes_what_there_is():
    assert taken(Section(days=2**31 - 1), candidate(1, days=3000)) == [1]


def copy(number):
    return Article(title=f"Article {number}", url=f"https://exemple.fr/{number}", article_id=number)


def test_a_section_becomes_its_title_and_its_articles_in_its_place():
    when = When(languages=("fr",))
    blocks = (
        Block("b1", Text("Bonjour")),
        Block("b2", Section(title="À lire", layout="compact"), when),
        Block("b3", Text("Au revoir")),
    )
    made = unfolded(blocks, picked(blocks, [candidate(1), candidate(2)], AT), copy)
    assert [each.id for each in made] == ["b1", "b2h", "b2a1", "b2a2", "b3"]
    assert made[1] == Block("b2h", Heading("À lire"), when)
    assert (made[2].props.layout, made[2].when) == ("compact", when)
    assert parse(dump(made)) == made


def test_a_section_without_articles_leaves_nothing_behind():
    blocks = (Block("b2", Section(title="À lire")),)
    assert unfolded(blocks, picked(blocks, [], AT), copy) == ()


def test_a_picture_that_nobody_described_is_passed_over_by_screen_readers():
    def pictured(number):
        return Article(title="Le phare", url="https://exemple.fr", image="/medias/phare.jpg")

    blocks = (Block("b1", Section()),)
    (article,) = unfolded(blocks, picked(blocks, [candidate(1)], AT), pictured)
    assert article.props.decorative


def test_the_longest_name_of_a_block_still_makes_names_that_can_be_read():
    blocks = (Block("b" * 20, Section(title="À lire")),)
    made = unfolded(blocks, picked(blocks, [candidate(1)], AT), copy)
    assert parse(dump(made)) == made


def test_an_address_that_is_still_being_typed_stops_no_section():
    typing = Block("b1", Article(title="Le phare", url="https://["))
    assert taken(Section(), candidate(1), before=[typing]) == [1]
