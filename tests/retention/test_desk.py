"""The officer reads what is kept, why, and what was ended."""

import pytest

from mailer.clock import now
from mailer.db import db, transaction
from mailer.retention.models import PurgeLine
from mailer.retention.schedule import RULES
from mailer.retention.words import WHAT


def test_every_rule_is_named_in_words():
    assert {(rule.table, rule.keep) for rule in RULES} == WHAT.keys()


def test_the_page_says_how_long_and_by_which_text(staff):
    page = staff("dpo").get("/bureau/conservation").text

    assert "Inscriptions jamais confirmées" in page
    assert "7 jours" in page
    assert "RGPD art. 5(1)(c)" in page


def test_nothing_ended_is_said_too(staff):
    assert "Rien n’a eu à être effacé" in staff("dpo").get("/bureau/conservation").text


def test_what_was_ended_stays_on_the_page(staff):
    with transaction():
        db.session.add(
            PurgeLine(at=now(), table_name="sign_in", keep="logs_months", then="delete", number=3)
        )

    page = staff("dpo").get("/bureau/conservation").text

    assert "3 lignes" in page


@pytest.mark.parametrize("role", ["editor", "sender", "subscribers"])
def test_others_find_nothing(staff, role):
    assert staff(role).get("/bureau/conservation").status_code == 404
