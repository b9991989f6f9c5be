"""An office that outgrew SQLite goes over to PostgreSQL, whole, or stays where it is."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, text

from mailer.app import create_app
from mailer.cli import commands
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.db import Base, db
from mailer.demo import load
from mailer.subscriptions.models import Subscriber

HEALTHY = "UPDATE campaign SET state = 'finished' WHERE state IN ('running', 'waiting')"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The folder of a demonstration that was stopped."""
    folder = tmp_path_factory.mktemp("office")
    app = create_app({"DEMO": True, "DATA_FOLDER": str(folder), "DATABASE_URL": ""})
    with app.app_context():
        bring_up_to_date()
        assert list(load.once())
        db.session.remove()
        db.engine.dispose()
    return folder


@pytest.fixture
def copied(app, office, tmp_path):
    """`copied("here")`: its database in another folder, beside its keys."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("what is filled is a database of PostgreSQL")

    def copy(name):
        shutil.copytree(office, tmp_path / name)
        found = tmp_path / name / "mailer.sqlite"
        change(found, HEALTHY)
        return found

    return copy


@pytest.fixture
def file(copied):
    """One such database."""
    return copied("office")


def change(file, statement):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.fixture
def migrate(app):
    """`migrate(file)`: what the command says."""

    def run(file):
        db.session.remove()
        settings = {
            "MAILER_DATABASE_URL": app.config["DATABASE_URL"],
            "MAILER_DATA_FOLDER": str(file.parent),
        }
        return CliRunner().invoke(commands, ["migrate", "--from-sqlite", str(file)], env=settings)

    return run


def is_empty():
    db.session.rollback()
    tables = Base.metadata.sorted_tables
    return not any(db.session.scalar(select(func.count()).select_from(each)) for each in tables)


def counts(file):
    with closing(sqlite3.connect(file)) as connection:
        names = sorted(Base.metadata.tables)
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own names
            for name in names
        }


def test_everything_comes_over_and_the_chains_are_whole(app, migrate, file):
    said = migrate(file)

    assert (said.exit_code, "The ledger is whole" in said.output) == (0, True), said.output
    db.session.rollback()
    found = {
        name: db.session.scalar(text(f'SELECT count(*) FROM "{name}"'))  # noqa: S608 - our own names
        for name in sorted(Base.metadata.tables)
    }
    assert found == counts(file)
    assert found["subscriber"] > 1_000


def test_what_is_added_afterwards_has_a_number_of_its_own(migrate, file):
    change(file, "UPDATE sqlite_sequence SET seq = 90000 WHERE name = 'subscriber'")

    assert migrate(file).exit_code == 0

    person = Subscriber(address="a@exemple.fr", fingerprint="f", language="fr", created_at=now())
    db.session.add(person)
    db.session.flush()
    assert person.id == 90_001
    db.session.rollback()


CASES = {
    "a worker that is alive": (
        "INSERT INTO worker_beat VALUES ('w', 'host', '1', datetime(), datetime(), '')",
        "stop mailer",
    ),
    "a campaign that is leaving": (
        "UPDATE campaign SET state = 'running' WHERE id = (SELECT min(id) FROM campaign)",
        "let it end",
    ),
    "tables of another version": (
        "UPDATE alembic_version SET version_num = '0031'",
        "run mailer migrate on the file first",
    ),
    "a ledger that was changed": (
        "DROP TRIGGER consent_event_refuses_update",
        "the ledger is not whole",
    ),
    "a text that PostgreSQL does not take": (
        "UPDATE subscriber SET language = 'f' || char(0) || 'r' WHERE id = 7",
        "nothing came over",
    ),
}


def test_a_file_that_does_not_fit_is_refused_and_the_database_stays_empty(migrate, copied):
    for case, (statement, cure) in CASES.items():
        copy = copied(case)
        change(copy, statement)
        if "ledger" in case:
            change(copy, "UPDATE consent_event SET locale = 'xx' WHERE id = 9")

        said = migrate(copy)

        assert (case, said.exit_code, cure in said.output) == (case, 1, True), said.output
        assert is_empty(), case


def test_a_database_that_holds_something_is_left_alone(migrate, copied):
    assert migrate(copied("first")).exit_code == 0

    said = migrate(copied("second"))

    assert (said.exit_code, "is not empty" in said.output) == (1, True)
    assert not is_empty()


def test_only_postgresql_is_filled(app, tmp_path, migrate):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("this is about the other database")
    file = tmp_path / "other.sqlite"
    file.touch()

    assert "DATABASE_URL must name the PostgreSQL database" in migrate(file).output
