"""The mails of accounts, as we looked at them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from mailer.accounts import emails
from mailer.accounts.models import Account, Invitation

GOLDEN = Path(__file__).parents[1] / "emails" / "accounts"
MAILS = (
    "invitation",
    "passphrase_link",
    "no_account",
    "passphrase_changed",
    "roles_changed",
    "closed",
)
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def of(name, language):
    account = Account(id=3, email="camille@exemple.fr", name="Camille Morin", language=language)
    invited = Invitation(
        id=7, email="camille@exemple.fr", name="Camille Morin", language=language, sendings=1
    )
    roles = {"fr": "rédaction, envoi", "en": "writing, sending"}[language]
    return {
        "invitation": lambda: emails.invitation(invited, "Maud Hautmesnil"),
        "passphrase_link": lambda: emails.passphrase_link(account, "jeton"),
        "no_account": lambda: emails.no_account("camille@exemple.fr", language),
        "passphrase_changed": lambda: emails.passphrase_changed(account),
        "roles_changed": lambda: emails.roles_changed(account, roles),
        "closed": lambda: emails.closed(account),
    }[name]()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("part", ["subject", "text", "html"])
@pytest.mark.parametrize("name", MAILS)
def test_each_mail_is_the_one_we_looked_at(app, name, part, language):
    """To accept a change: delete the file, run, and look at the new one before the commit."""
    with time_machine.travel(AT, tick=False):
        drawn = getattr(of(name, language), part)
    golden = GOLDEN / f"{name}.{language}.{part}"
    if not golden.exists():
        golden.write_text(drawn, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and is now written: look at it")
    assert golden.read_text(encoding="utf-8") == drawn
