import pytest

from mailer import rulebook
from mailer.rights.kinds import Right, cited_as, references

RULES = rulebook.load()


@pytest.mark.parametrize("right", [right for right in Right if right != Right.UNCLEAR])
def test_every_right_stands_in_the_rulebook(right):
    found = references(right, RULES)
    assert found is not None
    assert found.gdpr or found.lil_current


def test_what_is_unclear_cites_no_article():
    assert references(Right.UNCLEAR, RULES) is None


@pytest.mark.parametrize(
    ("article", "right"),
    [("38", Right.OBJECTION), ("39", Right.ACCESS), ("40", Right.RECTIFICATION)],
)
def test_an_old_style_letter_is_filed_under_the_right_right(article, right):
    assert right in cited_as(article, RULES)
