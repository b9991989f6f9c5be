"""A record that is whole is said to be; else the first place that is not is named."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from mailer import triggers
from mailer.audit import jobs, trimming, verification
from mailer.audit.anchors import FILE
from mailer.audit.models import Cut, Entry, Link
from mailer.audit.operations import record
from mailer.clock import now
from mailer.db import Base, db, transaction
from mailer.faults import Problem

TABLES = ("audit_entry", "audit_link", "audit_cut", "audit_anchor")


def run(*statements):
    with transaction():
        for statement in statements:
            db.session.execute(text(statement))


def behind_the_triggers(*statements):
    """As somebody would who owns the database, and not the key."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    verbs = ("update", "delete") if is_sqlite else ("update", "delete", "truncate")
    run(
        *(
            f"DROP TRIGGER {table}_refuses_{verb}" + ("" if is_sqlite else f" ON {table}")
            for table in TABLES
            for verb in verbs
        ),
        *statements,
        *triggers.statements(Base.metadata.sorted_tables, db.engine.dialect.name),
    )


def fault():
    found = verification.verify().fault
    return (found.place, found.problem) if found else None


def test_a_whole_record_is_verified_to_its_end(entries):
    found = verification.verify()

    assert (found.entries, found.waiting, found.anchors, found.head.seq) == (5, 0, 1, 5)
    assert found.fault is None


def test_an_entry_that_waits_for_its_link_is_counted(entries):
    with transaction():
        record("account:1", "read", "subscriber:6")

    found = verification.verify()

    assert (found.entries, found.waiting, found.fault) == (5, 1, None)


def test_entries_are_linked_in_the_order_in_which_they_came(entries):
    linked = db.session.scalars(db.select(Link.entry_id).order_by(Link.seq)).all()

    assert linked == entries


def test_one_that_commits_late_is_linked_behind_what_came_after_it(entries):
    with transaction():
        db.session.add(Entry(id=entries[-1] + 10, at=now(), actor="a", verb="b", subject="c:1"))
    jobs.seal()
    with transaction():
        db.session.add(Entry(id=entries[-1] + 5, at=now(), actor="a", verb="b", subject="c:2"))
    jobs.seal()

    linked = db.session.scalars(db.select(Link.entry_id).order_by(Link.seq)).all()
    assert linked[-2:] == [entries[-1] + 10, entries[-1] + 5]
    assert fault() is None


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE audit_entry SET actor = 'account:9' WHERE id = {4}", ("entry 4", Problem.CHANGED)),
        ("UPDATE audit_entry SET for_case = '' WHERE id = {2}", ("entry 2", Problem.CHANGED)),
        ("UPDATE audit_link SET hash = 'x' WHERE seq = 3", ("entry 3", Problem.CHANGED)),
        ("UPDATE audit_link SET key_id = 'x' WHERE seq = 3", ("entry 3", Problem.UNKNOWN_KEY)),
        ("DELETE FROM audit_entry WHERE id = {2}", ("entry 2", Problem.MISSING)),
        ("DELETE FROM audit_link WHERE seq = 2", ("entry 2", Problem.MISSING)),
    ],
)
def test_the_first_place_that_is_not_whole_is_named(entries, statement, expected):
    behind_the_triggers(statement.format(*[0, *entries]))

    assert fault() == expected


def test_an_end_that_is_cut_off_is_told_by_the_anchor(entries):
    behind_the_triggers("DELETE FROM audit_entry WHERE subject > 'subscriber:3'")

    place, problem = fault()
    assert place.endswith("at entry 5")
    assert problem == Problem.CUT


def test_an_anchor_that_only_the_table_has_is_named(entries, app):
    Path(app.config["DATA_FOLDER"], FILE).unlink()

    assert fault()[1] == Problem.NOT_IN_FILE


def test_an_entry_slipped_in_with_an_old_date_is_named(entries):
    with transaction():
        old = now() - timedelta(days=3)
        db.session.add(Entry(at=old, actor="account:1", verb="read", subject="subscriber:1"))
    jobs.seal()

    place, problem = fault()
    assert place.startswith("the row")
    assert problem == Problem.UNCHAINED


def test_a_cut_that_is_not_ours_is_named(entries):
    run(
        "INSERT INTO audit_cut (seq, at, head_hash, count, key_id, signature)"
        " SELECT seq, CURRENT_TIMESTAMP, hash, 2, key_id, 'x' FROM audit_link"
        " WHERE seq = 2",
        "DELETE FROM audit_entry WHERE subject < 'subscriber:3'",
    )

    assert fault() == ("the cut at entry 2", Problem.UNSIGNED)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'x'",
        "UPDATE audit_entry SET for_case = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_link SET seq = 9 WHERE seq = 1",
        "DELETE FROM audit_link",
        "UPDATE audit_anchor SET seq = 1",
        "DELETE FROM audit_anchor",
    ],
)
def test_the_database_refuses_what_the_program_would_never_do(entries, statement):
    with pytest.raises(IntegrityError, match="only ever added to"):
        run(statement)


def trim(upto):
    with transaction():
        return trimming.trim(Entry.id <= upto, now())


def test_what_is_over_goes_and_the_rest_is_whole(entries):
    assert trim(entries[2]) == 3

    found = verification.verify()
    assert (found.cut, found.entries, found.head.seq, found.fault) == (3, 2, 5, None)
    with pytest.raises(IntegrityError, match="only ever added to"):
        run("DELETE FROM audit_entry")


def test_one_cut_stands_in_for_those_before_and_the_chain_goes_on(entries):
    trim(entries[1])
    trim(entries[4])
    with transaction():
        record("account:1", "read", "subscriber:6")
    jobs.seal()

    cuts = db.session.scalars(db.select(Cut.seq)).all()
    assert cuts == [5]
    assert db.session.scalars(db.select(Link.seq)).all() == [6]
    assert fault() is None
    with pytest.raises(IntegrityError, match="only ever added to"):
        run("DELETE FROM audit_cut")


def test_nothing_goes_beyond_the_first_that_stays(entries):
    with transaction():
        assert trimming.trim(Entry.id != entries[0], now()) == 0

    assert verification.verify().entries == 5
