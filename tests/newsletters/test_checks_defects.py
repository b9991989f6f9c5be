"""What the rules find of what is wrong; tests/newsletters/defects.py has one defect a line."""

import pytest
from newsletters.defects import DEFECTS, FINE, LETTER, _letter

from mailer.newsletters.checks import findings
from mailer.newsletters.typesetting import typeset


def test_the_letter_that_the_defects_are_put_into_has_none():
    looked = _letter(typeset(LETTER))
    assert findings(looked.content, looked.rendered, FINE) == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_the_defect_is_found(defect):
    looked = defect.made()
    found = findings(looked.content, looked.rendered, looked.facts)
    assert defect.rule in {finding.rule for finding in found}
