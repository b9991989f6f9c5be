import tomllib
from dataclasses import fields

import pytest

from mailer import rulebook
from mailer.rulebook import RULES, Figures

RULEBOOK = rulebook.load()


def test_the_rulebook_is_read_once():
    assert rulebook.load() is rulebook.load()


def test_it_says_its_version():
    assert RULEBOOK.version == "fr-2026.1"


@pytest.mark.parametrize("name", [field.name for field in fields(Figures)])
def test_every_number_has_a_source_and_a_beginning(name):
    figure = getattr(RULEBOOK.figures, name)
    assert figure.value > 0
    assert figure.source
    assert figure.valid_from


def test_no_number_of_the_file_is_forgotten_by_the_program():
    raw = tomllib.loads((RULES / "fr-2026.toml").read_text(encoding="utf-8"))
    assert set(raw["figures"]) == {field.name for field in fields(Figures)}


def test_an_old_letter_citing_article_38_speaks_of_objection():
    old = {right for right, refs in RULEBOOK.rights.items() if "38" in refs.lil_pre_2019}
    assert old == {"objection"}


def test_alsace_moselle_has_every_metropolitan_holiday_and_two_more():
    metropole = set(RULEBOOK.calendars["metropole"].holidays)
    alsace = set(RULEBOOK.calendars["alsace_moselle"].holidays)
    assert metropole < alsace
    assert {day.key for day in alsace - metropole} == {"good_friday", "saint_stephen"}


def test_every_citation_has_a_source_and_an_article():
    for name, citation in RULEBOOK.citations.items():
        assert citation.source, name
        laws = (citation.gdpr, citation.lil, citation.cpce, citation.electoral, citation.handicap)
        assert any(laws), name


def test_a_right_is_cited_by_its_articles_of_today_in_each_language():
    assert RULEBOOK.cite("access", "fr") == (
        "art.\u00a015 du RGPD\u00a0; art.\u00a049 de la loi n°\u00a078-17"
    )
    assert RULEBOOK.cite("withdrawal", "en") == "art.\u00a07(3) of the GDPR"
