"""How days are said."""

from datetime import date

import pytest

from mailer.clock import as_said


@pytest.mark.parametrize(
    ("text", "day", "language", "said"),
    [
        ("mardi 1 décembre 2026", date(2026, 12, 1), "fr", "mardi 1er décembre 2026"),
        ("1 août 2026, 11:01", date(2026, 8, 1), "fr", "1er août 2026, 11:01"),
        ("21 août 2026", date(2026, 8, 21), "fr", "21 août 2026"),
        ("Tuesday 1 December 2026", date(2026, 12, 1), "en", "Tuesday 1 December 2026"),
    ],
)
def test_french_has_the_first_of_a_month_as_an_ordinal(text, day, language, said):
    assert as_said(text, day, language) == said
