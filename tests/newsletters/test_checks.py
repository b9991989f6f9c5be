from dataclasses import replace

import pytest
from newsletters.letters import ARTICLE, LETTER, letter_of

from mailer.newsletters.checks import Finding, Level, Rule, blocking, findings
from mailer.newsletters.render import render

GOOD = {"type": "article", **ARTICLE}


def found(letter):
    return findings(letter, render(letter))


def rules(letter):
    return {finding.rule for finding in found(letter)}


def test_a_good_letter_has_nothing_to_mend():
    assert found(LETTER) == []


@pytest.mark.parametrize(
    ("block", "rule"),
    [
        (GOOD | {"alt": " "}, Rule.NO_ALT),
        (GOOD | {"title": ""}, Rule.NO_TITLE),
        (GOOD | {"url": ""}, Rule.NO_ADDRESS),
        (GOOD | {"url": "http://estran.exemple.fr/"}, Rule.PLAIN_HTTP),
        (GOOD | {"image": "/medias/phare.webp"}, Rule.PICTURE_FORMAT),
        (GOOD | {"summary": "{{ville}}"}, Rule.UNKNOWN_FIELD),
        (GOOD | {"summary": "Bonjour {{prenom}}"}, Rule.NO_DEFAULT),
        ({"type": "image"}, Rule.NO_PICTURE),
        ({"type": "image", "image": "/medias/a.png"}, Rule.NO_ALT),
        ({"type": "button", "url": "https://x.fr/"}, Rule.NO_LABEL),
        ({"type": "button", "label": "Réserver"}, Rule.NO_ADDRESS),
        ({"type": "button", "label": "Cliquez ici !", "url": "https://x.fr/"}, Rule.VAGUE_LINK),
        ({"type": "text", "text": "Lisez [ici](https://x.fr/)."}, Rule.VAGUE_LINK),
        ({"type": "text"}, Rule.EMPTY_BLOCK),
        ({"type": "quote", "author": "Maëlle"}, Rule.EMPTY_BLOCK),
        ({"type": "heading", "text": "Agenda"}, Rule.EMPTY_PART),
    ],
)
def test_a_fault_in_a_block_is_found_with_the_block(block, rule):
    letter = letter_of(GOOD | {"title": "Autre"}, block)
    assert [(finding.rule, finding.block) for finding in found(letter)] == [(rule, "b1")]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"subject": " "}, Rule.NO_SUBJECT),
        ({"subject": "a" * 61}, Rule.LONG_SUBJECT),
        ({"subject": "Pour {{ville}}"}, Rule.UNKNOWN_FIELD),
        ({"preheader": ""}, Rule.NO_PREHEADER),
        ({"preheader": "Trop court"}, Rule.PREHEADER_LENGTH),
        ({"preheader": "a" * 111}, Rule.PREHEADER_LENGTH),
    ],
)
def test_a_fault_in_the_envelope_is_found(changes, rule):
    assert rules(letter_of(GOOD, **changes)) == {rule}


def test_a_decorative_picture_needs_no_words():
    assert rules(letter_of(GOOD | {"alt": "", "decorative": True})) == set()


def test_a_letter_of_no_block_cannot_leave():
    assert Finding(Rule.NO_BLOCK).level is Level.BLOCKS
    assert rules(letter_of()) == {Rule.NO_BLOCK}


def test_a_letter_without_article_is_only_advised_against():
    letter = letter_of({"type": "text", "text": "Bonjour."})
    assert (rules(letter), blocking(found(letter))) == ({Rule.NO_ARTICLE}, [])


def test_the_same_article_twice_is_noticed():
    assert rules(letter_of(GOOD, GOOD)) == {Rule.ARTICLE_TWICE}


@pytest.mark.parametrize(("size", "rule"), [(100_001, Rule.TOO_BIG), (80_001, Rule.BIG)])
def test_a_letter_that_mail_clients_would_cut_is_found(size, rule):
    rendered = replace(render(LETTER), html="a" * size)
    assert findings(LETTER, rendered) == [Finding(rule, detail=str(size))]


def test_what_blocks_comes_first():
    levels = [finding.level for finding in found(letter_of(GOOD | {"alt": ""}, preheader=""))]
    assert levels == [Level.BLOCKS, Level.ADVICE]
