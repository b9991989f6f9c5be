"""The mail that tells somebody that their factors changed."""

from pathlib import Path

import pytest

from mailer.accounts.factors import emails
from mailer.accounts.factors.changes import SENTENCES, Change
from mailer.accounts.models import Account

CAMILLE = Account(email="camille@exemple.fr", language="fr")
GOLDEN = Path(__file__).parents[2] / "emails" / "accounts"


@pytest.mark.parametrize(
    ("part", "suffix"), [("subject", "subject.txt"), ("text", "txt"), ("html", "html")]
)
def test_the_mail_is_the_one_we_looked_at(app, part, suffix):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    drawn = getattr(emails.changed(CAMILLE, Change.RESET), part)
    golden = GOLDEN / f"factors_changed.{suffix}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn


def test_every_change_has_its_sentence():
    assert SENTENCES.keys() == set(Change)
