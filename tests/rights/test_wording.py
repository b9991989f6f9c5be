import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# The full notice tells the rule; a letter or a page about one request tells its date.
FULL_NOTICE = {"templates/consent/notices/fr/full.txt", "templates/consent/notices/en/full.txt"}


@pytest.mark.parametrize(
    "words",
    [
        r"(30|trente) jours",
        r"\bun mois",
        r"\bone month",
        r"(30|thirty) days",
        r"\bCIL\b",
        r"art(icle)?s?\.? (38|39|40)\b",
    ],
)
def test_no_template_speaks_of_a_fixed_delay_or_of_the_old_law(words):
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix in {".html", ".txt"} and re.search(words, path.read_text(encoding="utf-8"))
    }
    assert found <= FULL_NOTICE
