"""Old notices, filed as they were, and the consents that rest on them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from mailer.clock import now
from mailer.consent import operations, publishing
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.inspection import inspect
from mailer.consent.linter import Rule
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force, shown_then
from mailer.consent.publishing import OldNotice
from mailer.consent.queries import kept_notice, weak_proof, weak_proofs
from mailer.db import db, transaction
from mailer.errors import Conflict

ARTICLE = Path(__file__).parents[3] / "shared/seed/article.txt"
PERSON = "f" * 64


@pytest.fixture(scope="session")
def of_2014():
    """The notice at the foot of the model article, read where it lies."""
    if not ARTICLE.is_file():
        pytest.skip("the model article is not beside this project: shared/seed/article.txt")
    lines = ARTICLE.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith("Conformément aux articles"))


@pytest.fixture
def filed(app, of_2014):
    with transaction():
        old = OldNotice(NoticeKind.SHORT, "fr", "2014-cil", of_2014)
        return publishing.file(old, "account:1", now()).sha256


def says_yes(notice, kind=Kind.CONFIRMED):
    with transaction():
        evidence = Evidence(Method.IMPORT, now(), notice_sha256=notice)
        operations.record(PERSON, "list:lettre", kind, evidence)


def keep(kind=NoticeKind.SHORT):
    with transaction():
        shown = in_force(kind, "fr")
        operations.keep_notice(shown, now())
    return shown.sha256


def test_the_model_notice_is_wrong_in_every_way_that_the_law_tells(filed):
    rules = {finding.rule for finding in inspect(shown_then(kept_notice(filed)))}

    assert rules == {
        Rule.MENTION_MISSING,
        Rule.OUTDATED_CITATION,
        Rule.FORMER_OFFICER,
        Rule.UNREAD_MAILBOX,
    }


def test_the_model_notice_is_kept_word_for_word_without_a_beginning(filed, of_2014):
    row = kept_notice(filed)

    assert (row.body.strip(), row.valid_from, row.version) == (of_2014.strip(), None, None)


def test_a_filed_text_takes_no_version_number_from_what_is_shown_here(filed):
    assert kept_notice(keep()).version == 1


def test_a_yes_under_an_archived_notice_is_weak(filed):
    says_yes(filed)

    assert db.session.execute(weak_proof()).all() == [(PERSON, "list:lettre")]


def test_a_yes_under_no_notice_is_weak(app):
    says_yes(None, Kind.IMPORTED)

    assert weak_proofs() == 1


def test_a_yes_under_a_notice_shown_here_is_not_weak(app):
    says_yes(keep())

    assert weak_proofs() == 0


def test_a_new_yes_mends_a_weak_one(filed):
    says_yes(filed)
    says_yes(keep())

    assert weak_proofs() == 0


def test_who_has_left_has_no_weak_proof(filed):
    says_yes(filed)
    says_yes(None, Kind.WITHDRAWN)

    assert weak_proofs() == 0


def test_the_desk_counts_weak_proofs(filed, staff):
    says_yes(filed)

    assert (
        "1 consentement repose sur un texte d’archive" in staff("dpo").get("/bureau/notices").text
    )


def test_an_old_event_still_leads_to_the_old_text(app):
    old = keep()
    says_yes(old)
    app.config["ORGANISATION"] = "Région de l’Estran"

    assert keep() != old
    event = operations.record(
        PERSON, "list:lettre", Kind.CONFIRMED, Evidence(Method.STAFF, now(), notice_sha256=old)
    )
    assert "Agence de l’Estran" in kept_notice(event.notice_sha256).body


@pytest.mark.parametrize("statement", ["UPDATE notice SET body = ''", "DELETE FROM notice"])
def test_no_statement_changes_a_notice(filed, statement):
    with pytest.raises(DBAPIError), transaction():
        db.session.execute(sql(statement))


def test_the_end_of_a_filed_text_never_comes_before_its_beginning(app):
    at = now()
    old = OldNotice(NoticeKind.SHORT, "fr", "x", "Un texte.", at, at - timedelta(days=1))

    with pytest.raises(DBAPIError), transaction():
        publishing.file(old, "account:1", at)


def test_a_text_that_was_shown_here_is_not_filed_as_old(app):
    shown = in_force(NoticeKind.SHORT, "fr")
    keep()

    with pytest.raises(Conflict), transaction():
        publishing.file(OldNotice(shown.kind, "fr", "x", shown.body), "account:1", now())
