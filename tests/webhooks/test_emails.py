"""The mail of a webhook that is switched off, as we looked at it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.accounts.models import Account
from mailer.webhooks import emails
from mailer.webhooks.models import Endpoint

GOLDEN = Path(__file__).parents[1] / "emails" / "webhooks"
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", ["subject", "text", "html"])
def test_the_mail_is_the_one_we_looked_at(app, part, language):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    person = Account(id=3, email="camille@exemple.fr", name="Camille Morin", language=language)
    with time_machine.travel(AT, tick=False):
        mail = emails.disabled(Endpoint(id=4, url="https://portail.exemple.fr/hook"), person)
    drawn = getattr(mail, part)
    golden = GOLDEN / f"disabled.{language}.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn
