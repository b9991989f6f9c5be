from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailer.oversight import emails
from mailer.oversight.volume import Burst

GOLDEN = Path(__file__).parents[1] / "emails" / "oversight"
MARKS = {"fr": "", "en": ".en"}
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", ["text", "html"])
def test_the_word_to_the_officer_is_the_mail_we_looked_at(app, part, language):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    mail = emails.unusual({"account:3": Burst(140, AT)}, {"account:3": "Léa Morin"}, language)

    drawn = f"{mail.subject}\n\n{mail.text}" if part == "text" else mail.html
    golden = GOLDEN / f"unusual{MARKS[language]}.{part.replace('text', 'txt')}"
    if not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert drawn == golden.read_text(encoding="utf-8")
    assert mail.recipient == "dpo@exemple.fr"
