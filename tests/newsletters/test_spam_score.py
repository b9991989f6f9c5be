"""What SpamAssassin thinks of a letter in each theme and language, without asking the network."""

import re
import shutil
import subprocess
from email.utils import format_datetime

import pytest
import time_machine
from newsletters.letters import BASE_URL
from newsletters.themed import THEMES

from mailer.accounts import operations as accounts
from mailer.clock import now
from mailer.db import transaction
from mailer.delivery import campaigns, messages
from mailer.delivery.batch import Claimed
from mailer.delivery.campaigns import Order
from mailer.newsletters import operations, queries

SPAMASSASSIN = shutil.which("spamassassin")
SCORE = re.compile(r"^X-Spam-Status: .*?score=(-?[\d.]+)", re.MULTILINE | re.DOTALL)
TESTS = re.compile(r"tests=([^\n]*(?:\n\s+[^\n]*)*?)autolearn", re.DOTALL)
# The relay that took it from us, as the receiving server writes it.
RECEIVED = (
    "Received: from relais.exemple.fr (relais.exemple.fr [80.12.26.12])\r\n"
    "\tby mx.exemple.org with ESMTPS id 4F0Q1; {date}\r\n"
)

pytestmark = pytest.mark.skipif(not SPAMASSASSIN, reason="SpamAssassin is not installed")


@pytest.fixture
def mail(app, draft, mailing_list):
    """`mail("estran", "fr")`: the letter as it leaves for one person, as a server gets it."""

    app.config["BASE_URL"] = BASE_URL

    def written(theme, language):
        with transaction():
            sender = accounts.create("c@exemple.fr", "C", "une longue phrase", ["sender"], now()).id
            issue = queries.locked(draft)
            issue.theme, issue.language = theme, language
            operations.approve(issue, issue.revision, "account:1", now())
            order = Order(draft, mailing_list, 1, now(), sender)
            letter = messages.prepare(campaigns.schedule(order, now()))
            person = Claimed(1, 1, "zoe@exemple.org", "", 0, now())
            (envelope,) = letter.envelopes([person], now())
            received = RECEIVED.format(date=format_datetime(now()))
            return received.encode() + envelope.content

    return written


# A token of another second may look like the number of a wallet.
@time_machine.travel("2026-03-12T09:00:00+01:00", tick=False)
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("theme", THEMES)
def test_no_theme_looks_like_spam(mail, theme, language):
    command = [SPAMASSASSIN, "-L", "-t"]
    run = subprocess.run(  # noqa: S603 - the program that was found, and no word of others
        command, input=mail(theme, language), capture_output=True, timeout=100, check=True
    )
    told = run.stdout.decode(errors="replace")

    assert float(SCORE.search(told)[1]) <= 0, TESTS.search(told)[1]
