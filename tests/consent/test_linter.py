"""What the linter finds in a notice, fault by fault."""

from dataclasses import replace

import pytest

from mailer.consent.durations import Duration
from mailer.consent.fields import Field, Mention
from mailer.consent.linter import Facts, Finding, Level, Rule, lint_full, lint_short

FACTS = Facts(
    locale="fr",
    organisation="Agence de l’Estran",
    officer="dpo@exemple.fr",
    authority=("CNIL",),
    link="/donnees-personnelles",
    mailboxes=frozenset({"dpo@exemple.fr"}),
    must_state={"unconfirmed_days": Duration(7, "days")},
    may_state=frozenset({Duration(7, "days"), Duration(36, "months"), Duration(1, "months")}),
    outdated=frozenset({"38", "39", "40", "40-1"}),
)
SECTIONS = {
    Field.CONTROLLER: "## Responsable du traitement\n\nAgence de l’Estran, 12 quai des Marées.",
    Field.OFFICER: "## Délégué à la protection des données\n\n<dpo@exemple.fr>",
    Field.PURPOSES: "## Finalités\n\nVous écrire : votre consentement.",
    Field.DATA: "## Données\n\nVotre adresse, obligatoire.",
    Field.RECIPIENTS: "## Destinataires\n\nLe service des lettres.",
    Field.TRANSFERS: "## Transferts\n\nAucun.",
    Field.RETENTION: "## Durées de conservation\n\nSept jours sans confirmation.",
    Field.RIGHTS: (
        "## Vos droits\n\nAccès, rectification, effacement, limitation, portabilité, opposition, "
        "retrait du consentement, sort des données après le décès."
    ),
    Field.COMPLAINT: "## Réclamation\n\nLa CNIL.",
    Field.DECISIONS: "## Décision automatisée\n\nAucune.",
    Field.VERSION: "## Version\n\nConservée.",
}
SHORT = (
    "Agence de l’Estran vous écrit avec votre consentement, que vous pouvez retirer. Trois ans au"
    " plus. Accès, rectification, effacement, limitation, portabilité. CNIL. "
    "[Tout](/donnees-personnelles)"
)


def full(**changed):
    return "# Données\n\n" + "\n\n".join((SECTIONS | changed).values())


def test_a_complete_notice_has_no_fault():
    assert lint_full(full(), FACTS) == []


@pytest.mark.parametrize("field", Field)
def test_a_missing_field_is_named(field):
    without = "\n\n".join(text for known, text in SECTIONS.items() if known is not field)

    assert lint_full(without, FACTS) == [Finding(Rule.FIELD_MISSING, field)]


@pytest.mark.parametrize("field", Field)
def test_a_heading_with_nothing_under_it_is_named(field):
    empty = SECTIONS | {field: SECTIONS[field].partition("\n")[0]}

    assert lint_full("\n\n".join(empty.values()), FACTS) == [Finding(Rule.FIELD_EMPTY, field)]


@pytest.mark.parametrize(
    ("field", "words", "mention"),
    [
        (Field.CONTROLLER, "Agence de l’Estran", Mention.ORGANISATION),
        (Field.OFFICER, "dpo@exemple.fr", Mention.MAILBOX),
        (Field.PURPOSES, "votre consentement", Mention.BASIS),
        (Field.DATA, "obligatoire", Mention.COMPULSORY),
        (Field.RIGHTS, "Accès", Mention.ACCESS),
        (Field.RIGHTS, "rectification", Mention.RECTIFICATION),
        (Field.RIGHTS, "effacement", Mention.ERASURE),
        (Field.RIGHTS, "limitation", Mention.RESTRICTION),
        (Field.RIGHTS, "portabilité", Mention.PORTABILITY),
        (Field.RIGHTS, "retrait", Mention.WITHDRAWAL),
        (Field.RIGHTS, "opposition", Mention.OBJECTION),
        (Field.RIGHTS, "décès", Mention.POST_MORTEM),
        (Field.COMPLAINT, "CNIL", Mention.AUTHORITY),
    ],
)
def test_what_a_field_cannot_do_without_is_named(field, words, mention):
    text = full(**{field: SECTIONS[field].replace(words, "rien")})

    assert lint_full(text, FACTS) == [Finding(Rule.MENTION_MISSING, field, mention.value)]


def test_what_is_missing_keeps_the_program_from_starting_and_the_rest_does_not():
    assert {rule for rule in Rule if Finding(rule).level is Level.MISSING} == {
        Rule.FIELD_MISSING,
        Rule.FIELD_EMPTY,
        Rule.MENTION_MISSING,
    }


@pytest.mark.parametrize(
    "words",
    [
        "articles 39 et 40",
        "art. 38",
        "Article 40-1",
        "articles 38 à 40",
        "articles 38-40",
        "arts 39, 40",
        "art. 15 et 39",
    ],
)
def test_the_old_numbers_of_the_rights_are_outdated(words):
    found = lint_short(f"{SHORT} Voir les {words} de la loi.", FACTS)

    assert [finding.rule for finding in found] == [Rule.OUTDATED_CITATION]


@pytest.mark.parametrize(
    "words",
    ["art. 39 du RGPD", "RGPD art. 38", "art. 49 de la loi", "40 articles", "art. 39(1)(b) RGPD"],
)
def test_the_same_numbers_in_the_regulation_are_not(words):
    assert lint_short(f"{SHORT} Voir {words}.", FACTS) == []


@pytest.mark.parametrize("words", ["le CIL", "au Correspondant Informatique et Libertés"])
def test_the_officer_of_before_2018_is_found(words):
    found = lint_short(f"{SHORT} Écrivez {words}.", FACTS)

    assert [finding.rule for finding in found] == [Rule.FORMER_OFFICER]


def test_a_word_that_contains_those_letters_is_not_the_officer():
    assert lint_short(f"{SHORT} Le concile est facile.", FACTS) == []


def test_a_retention_field_without_a_time_of_the_rulebook_is_told_which():
    text = full(**{Field.RETENTION: "## Durées\n\n36 mois."})

    assert lint_full(text, FACTS) == [
        Finding(Rule.TIME_MISSING, Field.RETENTION, "unconfirmed_days")
    ]


@pytest.mark.parametrize("words", ["dix jours", "5 ans", "24\u00a0mois", "48 heures"])
def test_a_time_that_is_not_the_rulebook_s_is_found(words):
    assert lint_short(f"{SHORT} Puis {words}.", FACTS) == [Finding(Rule.TIME_UNKNOWN, None, words)]


def test_three_years_are_thirty_six_months():
    assert lint_short(SHORT.replace("Trois ans", "36 mois"), FACTS) == []


def test_a_mailbox_that_nobody_reads_is_found():
    text = f"{SHORT} Écrivez à cil@exemple.fr."

    assert Finding(Rule.UNREAD_MAILBOX, None, "cil@exemple.fr") in lint_short(text, FACTS)


def test_a_mailbox_is_read_whatever_its_case():
    assert lint_short(f"{SHORT} Écrivez à DPO@exemple.fr.", FACTS) == []


def test_a_placeholder_that_stands_for_nothing_is_found():
    assert lint_short(f"{SHORT} {{dpd}}", FACTS) == [Finding(Rule.UNFILLED, None, "{dpd}")]


def test_a_name_that_wants_its_article_is_found():
    found = lint_short(f"{SHORT} Les agents de Agence de l’Estran.", FACTS)

    assert found == [Finding(Rule.BARE_NAME, None, "de Agence de l’Estran")]


@pytest.mark.parametrize("words", ["Agence de l’Estran", "consentement", "retirer", "CNIL"])
def test_the_short_notice_cannot_do_without_the_essential(words):
    found = lint_short(SHORT.replace(words, "rien"), FACTS)

    assert [finding.rule for finding in found] == [Rule.MENTION_MISSING]


def test_an_english_notice_is_read_in_english():
    text = (
        "Estran Agency writes with your consent, which you may withdraw. 36 months. Access, "
        "rectification, erasure, restriction, portability. CNIL. /donnees-personnelles"
    )

    assert lint_short(text, replace(FACTS, locale="en", organisation="Estran Agency")) == []
