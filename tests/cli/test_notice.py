"""`mailer notice`, and the start that waits for complete notices."""

import pytest
from sqlalchemy import select

from mailer.clock import now
from mailer.consent.models import Notice, NoticeKind, NoticeSource
from mailer.consent.notices import shipped
from mailer.db import db, transaction


@pytest.fixture
def lacking(app):
    """A text published by an older version, which asked for less."""
    text = shipped(NoticeKind.FULL, "fr").replace("## Destinataires", "Destinataires")
    with transaction():
        source = NoticeSource(kind=NoticeKind.FULL, locale="fr", body=text, published_at=now())
        db.session.add(source)


def test_the_shipped_notices_let_it_start(mailer):
    done = mailer("notice", "check")

    assert done.exit_code == 0, done.output


def test_a_notice_that_lacks_a_field_keeps_it_from_starting(app, serve, lacking):
    folder, url = app.config["DATA_FOLDER"], app.config["DATABASE_URL"]
    started = serve("up", "--port", "0", MAILER_DATA_FOLDER=folder, MAILER_DATABASE_URL=url)

    assert started.end() == 1
    assert "the full notice in 'fr' lacks recipients (art.\u00a013(1)(e)" in started.said
    assert "mailer notice publish" in started.said


def test_publishing_the_shipped_text_mends_it(mailer, lacking):
    assert mailer("notice", "publish", "--kind", "full").exit_code == 0

    assert mailer("notice", "check").exit_code == 0


def test_a_text_with_a_fault_is_not_published(mailer, tmp_path):
    text = tmp_path / "notice.txt"
    text.write_text("# Nos données\n\nArticles 39 et 40.\n")

    done = mailer("notice", "publish", "--kind", "full", str(text))

    assert done.exit_code == 1
    assert "field_missing controller" in done.output
    assert "outdated_citation Articles 39 et 40" in done.output


def test_an_old_text_is_filed_and_its_digest_is_said(mailer, tmp_path):
    text = tmp_path / "old.txt"
    text.write_text("Écrivez au CIL.\n")
    words = ("notice", "file", "--kind", "short", "--name", "2014-cil", "--to", "2018-05-24")

    done = mailer(*words, str(text))

    row = db.session.scalars(select(Notice)).one()
    assert done.output.strip() == row.sha256
    assert (row.name, row.valid_from) == ("2014-cil", None)
    assert f"{row.valid_to:%Y-%m-%d %H}" == "2018-05-23 22"
    assert mailer(*words, str(text)).exit_code == 1
