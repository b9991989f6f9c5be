from pathlib import Path

import pytest
import time_machine

from mailer.accounts import operations as accounts
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.newsletters import emails, operations, queries

GOLDEN = Path(__file__).parents[1] / "emails" / "newsletters"


@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_the_trial_is_the_one_we_looked_at(draft, part):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    with time_machine.travel("2026-03-12", tick=False):
        drawn = getattr(emails.trial(queries.issue(draft), "camille@exemple.fr"), part)
    golden = GOLDEN / f"trial.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn


def test_a_trial_is_for_the_colleague_alone(draft):
    operations.send_trial(queries.issue(draft), "camille@exemple.fr")
    (mail,) = db.session.query(OutboxMessage)
    assert (mail.recipient, mail.origin) == ("camille@exemple.fr", f"issue:{draft}")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_the_request_for_approval_is_the_one_we_looked_at(draft, language, part):
    with transaction():
        at = now()
        colleague = accounts.create("a@exemple.fr", "Camille Morin", "une longue phrase", [], at)
        actor = f"account:{colleague.id}"
    issue = queries.issue(draft)
    issue.language = language
    drawn = getattr(emails.approval(issue, colleague, actor), part)
    golden = GOLDEN / f"approval.{language}.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn
