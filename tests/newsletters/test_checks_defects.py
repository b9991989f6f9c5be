"""What the rules find in letters that are wrong, and that they find nothing in good ones."""

import pytest
from newsletters.defects import DEFECTS, FINE, LETTER, _letter
from newsletters.good_letters import LETTERS

from mailer.newsletters.checks import Rule, findings
from mailer.newsletters.render import render
from mailer.newsletters.typesetting import typeset

# Tried in test_checks.py, each with its own page or block.
RARE: set[Rule] = set()


def test_the_letter_that_the_defects_are_put_into_has_none():
    looked = _letter(typeset(LETTER))
    assert findings(looked.content, looked.rendered, FINE) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_the_defect_is_found(defect):
    looked = defect.made()
    found = findings(looked.content, looked.rendered, looked.facts)
    assert defect.rule in {finding.rule for finding in found}


def test_sixty_defects_are_tried_and_each_rule_that_can_be_met_in_a_letter():
    untried = set(Rule) - {defect.rule for defect in DEFECTS}
    assert len(DEFECTS) >= 60
    assert untried <= RARE


@pytest.mark.parametrize("good", LETTERS, ids=lambda good: good.name)
def test_a_good_letter_raises_no_alarm(good):
    assert findings(good.content, render(good.content), FINE) == []


def test_twenty_good_letters_are_tried():
    assert len({good.name for good in LETTERS}) >= 20
