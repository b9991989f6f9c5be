"""The mails that tell staff what came back."""

from pathlib import Path

import pytest

from mailer.bounces import emails
from mailer.bounces.answers import Answer
from mailer.bounces.quarantine import Sort
from mailer.db import db
from mailer.delivery.models import Campaign

GOLDEN = Path(__file__).parents[1] / "emails" / "bounces"


@pytest.mark.parametrize(
    ("part", "suffix"), [("subject", "subject.txt"), ("text", "txt"), ("html", "html")]
)
def test_the_mail_about_refusals_is_the_one_we_looked_at(scheduled, part, suffix):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    campaign = db.session.get(Campaign, scheduled)
    drawn = getattr(emails.refused("claude@exemple.fr", campaign, "5.7.26"), part)
    golden = GOLDEN / f"refused.{suffix}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn


FOUND = Answer(
    Sort.ANSWER,
    sender="alix.moreau@exemple.fr",
    subject="Re: La lettre de novembre",
    text="Bonjour,\n\nMerci de me désabonner.\n\n<b>Alix</b>",
    quoted="> Bonjour Alix",
    asks_to_stop=True,
)


@pytest.mark.parametrize("part", ["txt", "html"])
@pytest.mark.parametrize(("language", "suffix"), [("fr", ""), ("en", ".en")])
def test_the_answer_passed_on_is_the_one_we_looked_at(scheduled, language, suffix, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    campaign = db.session.get(Campaign, scheduled)
    mail = emails.reply("claude@exemple.fr", campaign, FOUND, language)
    drawn = f"{mail.subject}\n\n{mail.text}" if part == "txt" else mail.html
    golden = GOLDEN / f"reply{suffix}.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn
