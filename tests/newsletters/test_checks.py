from dataclasses import replace

import pytest
from newsletters.letters import ARTICLE, LETTER, letter_of

from mailer.newsletters.checks import Finding, Level, Rule, blocking, findings
from mailer.newsletters.render import render
from mailer.newsletters.typesetting import typeset

GOOD = {"type": "article", **ARTICLE}


def found(letter):
    return findings(letter, render(letter))


def rules(letter):
    return {finding.rule for finding in found(letter)}


def test_a_good_letter_has_nothing_to_mend():
    assert found(typeset(LETTER)) == []


def test_a_finding_names_the_field_that_the_composer_shows():
    assert found(letter_of(GOOD | {"title": ""}))[0].place == "b0-title"
    assert [f.place for f in found(letter_of(GOOD, preheader=""))] == ["preheader"]


def test_a_decorative_picture_needs_no_words():
    assert rules(letter_of(GOOD | {"alt": "", "decorative": True})) == set()


def test_a_letter_of_no_block_cannot_leave():
    assert Finding(Rule.NO_BLOCK).level is Level.BLOCKS
    assert rules(letter_of()) == {Rule.NO_BLOCK}


def test_a_letter_that_leads_nowhere_is_only_advised_against():
    letter = letter_of({"type": "text", "text": "Bonjour."})
    assert (rules(letter), blocking(found(letter))) == ({Rule.NO_LINK}, [])


@pytest.mark.parametrize(("size", "rule"), [(100_001, Rule.TOO_BIG), (80_001, Rule.BIG)])
def test_a_letter_that_mail_clients_would_cut_is_found(size, rule):
    drawn = render(LETTER)
    rendered = replace(drawn, html=drawn.html + "a" * (size - len(drawn.html.encode())))
    assert Finding(rule, detail=str(size)) in findings(LETTER, rendered)


def test_what_blocks_comes_first():
    levels = [finding.level for finding in found(letter_of(GOOD | {"alt": ""}, preheader=""))]
    assert levels == [Level.BLOCKS, Level.ADVICE]


@pytest.mark.parametrize(
    "text",
    [
        "Un questionnaire à compléter avant le 3 décembre.",
        "Le tome XXX des archives est en ligne.",
        "La réunion du {{joined_on}} est passée.",
    ],
)
def test_words_that_only_look_unfinished_raise_no_alarm(text):
    assert rules(letter_of(GOOD, {"type": "text", "text": text})) == set()


def test_a_column_without_words_for_its_link_has_those_of_the_letter():
    columns = {"left_text": "Un", "right_text": "Deux", "left_url": "https://b.fr/"}
    assert rules(letter_of(GOOD, {"type": "columns", **columns})) == set()
