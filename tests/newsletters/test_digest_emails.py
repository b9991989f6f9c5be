from pathlib import Path

import pytest
import time_machine

from mailer.newsletters import digest_emails, queries
from mailer.newsletters.digest_models import DigestRun
from mailer.newsletters.digest_states import Why

GOLDEN = Path(__file__).parents[1] / "emails" / "newsletters"


@pytest.mark.parametrize("part", ["subject", "text", "html"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mail_about_a_draft_is_the_one_we_looked_at(draft, part, language):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    run = DigestRun(id=1, digest_id=1, articles=3, why=Why.CHANGED)
    with time_machine.travel("2026-03-12", tick=False):
        mail = digest_emails.draft_waits(run, queries.issue(draft), "camille@exemple.fr", language)
    golden = GOLDEN / f"draft_waits.{language}.{part}"
    drawn = getattr(mail, part)
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn
