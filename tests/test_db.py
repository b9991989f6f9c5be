from datetime import UTC, datetime, timedelta, timezone

import pytest
from databases import statement_limit
from sqlalchemy import func, literal, select, text, union_all

from mailer.audit.models import Entry
from mailer.audit.operations import record
from mailer.db import Hint, among, be_unhurried, committed, db, hint, transaction


def entries():
    return db.session.scalar(select(func.count()).select_from(Entry))


def test_a_transaction_keeps_what_was_done(app):
    with transaction():
        record("account:1", "look", "case:2")

    assert entries() == 1


def test_a_transaction_that_fails_keeps_nothing(app):
    with pytest.raises(KeyError):
        stumble()

    assert entries() == 0


def stumble():
    with transaction():
        record("account:1", "look", "case:2")
        hint("send-outbox")
        db.session.flush()
        raise KeyError


@pytest.fixture
def heard():
    hints = []

    def listen(wish):
        hints.append(wish)

    with committed.connected_to(listen):
        yield hints


def test_the_worker_hears_of_work_once_it_is_committed(app, heard):
    with transaction():
        hint("send-outbox")
        hint("send-outbox")
        assert heard == []

    assert heard == [Hint("send-outbox")]


def test_the_worker_hears_nothing_of_what_was_undone(app, heard):
    with pytest.raises(KeyError):
        stumble()
    with transaction():
        record("account:1", "look", "case:2")

    assert heard == []


def test_a_time_comes_back_aware_and_in_utc(app):
    paris = timezone(timedelta(hours=1))
    with transaction():
        db.session.add(
            Entry(at=datetime(2026, 11, 24, 10, tzinfo=paris), actor="a", verb="b", subject="c")
        )

    assert db.session.scalar(select(Entry.at)) == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert db.session.scalar(select(Entry.at)).tzinfo is UTC


def test_a_time_without_a_zone_is_refused(app):
    naive = datetime(2026, 11, 24, 10)  # noqa: DTZ001 - what is refused

    with pytest.raises(Exception, match="without a zone"), transaction():
        db.session.add(Entry(at=naive, actor="a", verb="b", subject="c"))


def test_sqlite_loses_no_committed_row_and_checks_its_keys(app):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("about SQLite")
    settings = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")

    found = {name: db.session.execute(text(f"PRAGMA {name}")).scalar() for name in settings}

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
    }


@pytest.mark.parametrize("numbers", [[], [2], list(range(1, 3000))])
def test_rows_are_found_among_numbers_however_many(app, numbers):
    rows = union_all(*(select(literal(n).label("n")) for n in (1, 2, 5000))).subquery()
    found = db.session.scalars(select(rows.c.n).where(among(rows.c.n, numbers)))
    assert set(found) == {1, 2} & set(numbers)


def test_one_transaction_may_take_its_time_and_the_next_one_may_not(app):
    with transaction():
        be_unhurried()
        assert statement_limit() == "0"
    with transaction():
        assert statement_limit() == "15s"
