"""`mailer ledger rebuild` and `mailer ledger prove`."""

import json

import page_rules
import pytest
from lxml import html
from sqlalchemy import text

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.consent.queries import state
from mailer.db import db, transaction

ADDRESS = "camille@exemple.fr"
LETTER = "list:la-lettre"


@pytest.fixture
def camille(app):
    """Her fingerprint, after she asked for the letter."""
    fingerprint = addresses.fingerprint(addresses.parse(ADDRESS), app.config["FINGERPRINT_KEY"])
    with transaction():
        notice = in_force(NoticeKind.SHORT, "fr")
        consent.keep_notice(notice, now())
        shown = Evidence(
            Method.WEB_FORM,
            now(),
            page="/articles/phare",
            notice_sha256=notice.sha256,
            address=ADDRESS,
        )
        consent.record(fingerprint, LETTER, Kind.SIGNUP_REQUESTED, shown)
    return fingerprint


@pytest.fixture
def ledger(app, mailer):
    """`ledger("prove", …)` with the keys of the application of the test."""
    keys = {f"MAILER_{name}": app.config[name] for name in ("FINGERPRINT_KEY", "LEDGER_KEY")}
    return lambda *words: mailer("ledger", *words, **keys)


@pytest.fixture
def lost(camille):
    """The state of consents is gone; the events are not."""
    with transaction():
        db.session.execute(text("DELETE FROM consent_state"))
    return camille


def test_what_is_right_is_said_to_be_equal(ledger, camille):
    done = ledger("rebuild", "--check")

    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "equal")


def test_a_check_says_that_something_is_lost_and_changes_nothing(ledger, lost):
    done = ledger("rebuild", "--check")

    assert done.exit_code == 1
    assert lost[:12] in done.output
    assert state(lost, LETTER) is None


def test_a_rebuild_brings_it_back(ledger, lost):
    assert ledger("rebuild").exit_code == 0
    db.session.rollback()

    assert state(lost, LETTER) == Kind.SIGNUP_REQUESTED


def test_the_proof_is_shown_as_json(ledger, camille):
    done = ledger("prove", "CAMILLE@exemple.fr")

    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["events"][0]["sealed"]["page"] == "/articles/phare"
    assert told["intact"] is True


@pytest.mark.parametrize(("language", "word"), [("fr", "Événements"), ("en", '<html lang="en"')])
def test_the_page_needs_nothing_else_and_can_be_read_by_all(
    ledger, camille, tmp_path, language, word
):
    file = tmp_path / "preuve.html"

    done = ledger("prove", ADDRESS, "--html", str(file), "--language", language)

    page = file.read_text("utf-8")
    assert done.exit_code == 0
    assert word in page
    faults = page_rules.faults(page)
    assert [fault for fault in faults if fault != "inline style"] == []
    assert not html.fromstring(page).xpath("//link | //script | //img | //@src")


def test_of_an_unknown_address_it_is_said_that_nothing_is_known(ledger):
    done = ledger("prove", "inconnu@exemple.fr")

    assert done.exit_code == 1
    assert "Nothing is known" in done.output


def test_half_an_address_is_refused_without_being_repeated(ledger):
    done = ledger("prove", "camille")

    assert done.exit_code == 2
    assert "write the whole address" in done.output
    assert "camille" not in done.output
