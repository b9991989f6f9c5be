"""The database refuses what the program would never do."""

from collections import Counter

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from mailer import triggers
from mailer.clock import now
from mailer.consent import operations
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.db import Base, db, transaction

SHOWN = Evidence(Method.WEB_FORM, now(), network="192.0.2.0/24", address="camille@exemple.fr")


@pytest.fixture(autouse=True)
def filled(app):
    with transaction():
        operations.keep_notice(in_force(NoticeKind.SHORT, "fr"), now())
        operations.keep_form("{}", now())
        operations.record("c" * 64, "list:lettre", Kind.SIGNUP_REQUESTED, SHOWN)


def run(statement):
    with transaction():
        db.session.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consent_event SET kind = 'confirmed'",
        "UPDATE consent_event SET sealed_sha256 = NULL, sealed = NULL",
        "UPDATE consent_event SET sealed = trace",
        "UPDATE consent_event SET id = 2",
        "DELETE FROM consent_event",
        "UPDATE notice SET body = 'Autre chose'",
        "UPDATE notice SET valid_from = NULL",
        "DELETE FROM notice",
        "UPDATE form_snapshot SET content = '[]'",
        "DELETE FROM form_snapshot",
    ],
)
def test_what_was_shown_and_answered_is_neither_changed_nor_deleted(statement):
    with pytest.raises(IntegrityError, match="only ever added to"):
        run(statement)


def test_ciphertexts_may_go_and_never_come_back():
    run("UPDATE consent_event SET sealed = NULL")
    run("UPDATE consent_event SET trace = NULL, sealed = NULL")

    with pytest.raises(IntegrityError, match="only ever added to"):
        run("UPDATE consent_event SET sealed = CAST('x' AS BLOB)" if is_sqlite() else
            "UPDATE consent_event SET sealed = 'x'")  # fmt: skip


@pytest.mark.parametrize("table", ["consent_event", "notice", "form_snapshot", "ledger_anchor"])
def test_a_table_is_not_emptied_at_one_stroke(table):
    if is_sqlite():
        pytest.skip("SQLite has no TRUNCATE")

    with pytest.raises(IntegrityError, match="only ever added to"):
        run(f"TRUNCATE {table} CASCADE")


def test_a_migration_may_run_the_same_statements_twice():
    for statement in 2 * list(triggers.statements(Base.metadata.sorted_tables, dialect())):
        run(statement)

    with pytest.raises(IntegrityError, match="only ever added to"):
        run("DELETE FROM notice")


GUARDED = (
    "audit_anchor",
    "audit_cut",
    "audit_entry",
    "audit_link",
    "consent_event",
    "form_snapshot",
    "ledger_anchor",
    "ledger_restoration",
    "notice",
    "notice_source",
)


def is_sqlite():
    return dialect() == "sqlite"


def dialect():
    return db.engine.dialect.name


def test_tables_are_guarded_wherever_they_are_made():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)

    with engine.connect() as connection:
        made = connection.execute(text("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'"))
        assert Counter(made.scalars()) == dict.fromkeys(GUARDED, 2)
    engine.dispose()
