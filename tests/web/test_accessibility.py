"""What a declaration of accessibility must tell (order of 20 September 2019)."""

import pytest

from mailer.web import accessibility, rgaa
from mailer.web.rgaa import Level, Result

HEAD = "critere,demande,mode,preuve,public,bureau,date,ecart\n"
ROW = "1.1,une alternative,auto,essai,{public},{desk},2026-11-28,{gap}\n"

MUST_SAY = [
    "État de conformité",
    "Résultats des tests",
    "Contenus non accessibles",
    "Établissement de cette déclaration",
    "Technologies du site",
    "Pages vérifiées",
    "Retour d’information et contact",
    "Voies de recours",
    "Défenseur des droits",
    "art.\u00a047 de la loi n°\u00a02005-102",
    "accessibilite@exemple.fr",
    "Agence de l’Estran",
]


@pytest.mark.parametrize(
    ("met", "applicable", "level", "percent"),
    [
        (68, 68, Level.FULL, 100),
        (67, 68, Level.PARTIAL, 98),
        (34, 68, Level.PARTIAL, 50),
        (33, 68, Level.NONE, 48),
    ],
)
def test_a_site_conforms_wholly_in_part_or_not(met, applicable, level, percent):
    found = Result(met, applicable)

    assert (found.level, found.percent) == (level, percent)


@pytest.mark.parametrize(
    ("public", "desk", "counted"),
    [
        ("conforme", "conforme", Result(1, 1)),
        ("conforme", "non applicable", Result(1, 1)),
        ("conforme", "non conforme", Result(0, 1)),
        ("non applicable", "non conforme", Result(0, 1)),
        ("non applicable", "non applicable", Result(0, 0)),
    ],
)
def test_a_criterion_is_met_where_it_is_met_everywhere_it_applies(public, desk, counted):
    criteria = rgaa.read(HEAD + ROW.format(public=public, desk=desk, gap=""))

    assert rgaa.overall(criteria) == counted


def test_a_state_that_is_none_is_refused():
    with pytest.raises(ValueError, match="presque"):
        rgaa.read(HEAD + ROW.format(public="presque", desk="conforme", gap=""))


def test_the_declaration_has_every_part_that_it_must_have(visitor):
    page = visitor.get("/accessibilite").text

    assert [words for words in MUST_SAY if words not in page] == []
    assert f"{rgaa.overall(accessibility.criteria()).percent}\u00a0%" in page


def test_it_is_read_in_english_too(visitor):
    page = visitor.get("/accessibilite?lang=en").text

    assert "Accessibility statement" in page
    assert "Défenseur des droits" in page


@pytest.mark.parametrize("path", ["/", "/droits", "/connexion", "/listes/lettre", "/nulle-part"])
def test_every_page_says_how_accessible_the_site_is(visitor, path):
    page = visitor.get(path).text

    state = accessibility.WORDS[rgaa.overall(accessibility.criteria()).level]
    with visitor.application.test_request_context():
        assert f'<a href="/accessibilite">{state}</a>' in page


def test_a_gap_is_told_to_who_meets_it(visitor, monkeypatch):
    gap = "Un graphique ne se lit qu’à la souris."
    table = rgaa.read(HEAD + ROW.format(public="non conforme", desk="conforme", gap=gap))
    monkeypatch.setattr(accessibility, "criteria", lambda: table)

    assert gap in visitor.get("/accessibilite").text
    assert "Accessibilité\u00a0: non conforme" in visitor.get("/").text


def test_the_plan_of_several_years_is_linked_where_there_is_one(app, visitor):
    app.config["ACCESSIBILITY_PLAN"] = "https://agence.exemple.fr/accessibilite"

    assert 'href="https://agence.exemple.fr/accessibilite"' in visitor.get("/accessibilite").text
