"""The migrations lead to exactly the tables of the models, and back, on both databases."""

import sqlite3
from contextlib import closing

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from held import held
from sqlalchemy import inspect, text

from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent
from mailer.consent.projection import compare
from mailer.consent.verification import verify
from mailer.db import Base, db, transaction
from mailer.resources import folder
from mailer.subscriptions.models import Subscription

MIGRATIONS = folder("migrations")
# Nothing has these numbers.
DANGLING = """
INSERT INTO webhook_telling (endpoint_id, event_id, state, attempts) VALUES (999, 999, 'sent', 0)
"""


@pytest.fixture
def alembic(app):
    flask_migrate.Migrate(app, db)
    return app.extensions["migrate"].migrate.get_config(str(MIGRATIONS))


def shape() -> dict[str, object]:
    """Every table as the database sees it."""
    seen = inspect(db.engine)
    return {
        name: {
            # Where a column stands in its row is nobody's concern.
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)
            ),
            "primary": seen.get_pk_constraint(name)["constrained_columns"],
            "unique": sorted(u["name"] or "" for u in seen.get_unique_constraints(name)),
            "checks": sorted((c["name"], c["sqltext"]) for c in seen.get_check_constraints(name)),
            "foreign": sorted(str(sorted(f.items(), key=str)) for f in seen.get_foreign_keys(name)),
            "indexes": sorted(
                (i["name"], i["column_names"], i["unique"]) for i in seen.get_indexes(name)
            ),
        }
        for name in sorted(set(seen.get_table_names()) - {"alembic_version"})
    }


def numbered_once() -> set[str]:
    """The SQLite tables that never give a number again, which no inspector tells."""
    if db.engine.dialect.name != "sqlite":
        return set()
    found = db.session.execute(
        text("SELECT name FROM sqlite_master WHERE sql LIKE :mark"), {"mark": "%AUTOINCREMENT%"}
    )
    return set(found.scalars())


def test_there_is_one_head_and_it_is_written_down(alembic):
    heads = ScriptDirectory.from_config(alembic).get_heads()
    written = (MIGRATIONS / ".head").read_text(encoding="ascii").split("_")[0]
    assert heads == [written]


def test_the_models_and_the_migrations_make_the_same_tables(app):
    migrated, once = shape(), numbered_once()
    db.session.remove()
    Base.metadata.drop_all(db.engine)
    Base.metadata.create_all(db.engine)
    assert (shape(), numbered_once()) == (migrated, once)


def test_a_migration_that_leaves_rows_pointing_nowhere_is_not_kept(alembic):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL refuses such a row itself")
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="-1")
    version = text("SELECT version_num FROM alembic_version")
    before = db.session.scalars(version).one()
    db.session.commit()
    with closing(sqlite3.connect(db.engine.url.database)) as stray:
        stray.execute(DANGLING)
        stray.commit()

    with pytest.raises(SystemExit):
        flask_migrate.upgrade(directory=str(MIGRATIONS))

    assert db.session.scalars(version).one() == before
    assert db.session.scalar(text("PRAGMA foreign_keys")) == 1


def test_every_migration_goes_down_and_up_again(alembic):
    before = shape()
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
    assert shape() == {}
    flask_migrate.upgrade(directory=str(MIGRATIONS))
    assert shape() == before


def triggers() -> dict[str, str]:
    """The triggers of the database, which no inspector tells."""
    on_sqlite = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    elsewhere = "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
    is_sqlite = db.engine.dialect.name == "sqlite"
    return dict(db.session.execute(text(on_sqlite if is_sqlite else elsewhere)).all())


def test_the_models_and_the_migrations_refuse_the_same_changes(app):
    migrated = triggers()
    db.session.remove()
    Base.metadata.drop_all(db.engine)
    Base.metadata.create_all(db.engine)
    assert migrated == triggers() != {}


BEFORE_THE_CHAIN = """
INSERT INTO mailing_list (id, slug, name, description, frequency)
    VALUES (1, 'lettre', 'La lettre', 'des portraits', 'chaque mois');
INSERT INTO subscriber (id, address, fingerprint, language, created_at)
    VALUES (1, 'lea@exemple.fr', 'f1', 'fr', '2026-11-01 10:00:00');
INSERT INTO consent_event (id, occurred_at, recorded_at, fingerprint, purpose, kind, method,
        actor, locale, page, network, origin)
    VALUES (3, '2026-11-01 10:00:00', '2026-11-01 10:00:00', 'f1', 'list:lettre',
        'signup_requested', 'web_form', 'subject', 'fr', '/', '192.0.2.0/24', ''),
    (7, '2026-11-01 10:05:00', '2026-11-01 10:05:00', 'f1', 'list:lettre',
        'confirmed', 'confirm_post', 'subject', 'fr', '/inscriptions', NULL, 'confirmation:1');
INSERT INTO subscription (id, list_id, subscriber_id, state, consent_id, requested_at,
        confirmed_at, ended_origin)
    VALUES (1, 1, 1, 'active', 7, '2026-11-01 10:00:00', '2026-11-01 10:05:00', '')
"""


@pytest.fixture
def chained(alembic):
    """A database of before the chain, with a person in it, brought up to date."""
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="0001")
    with transaction():
        for statement in BEFORE_THE_CHAIN.split(";"):
            db.session.execute(text(statement))
    flask_migrate.upgrade(directory=str(MIGRATIONS))


def test_events_of_before_the_chain_are_taken_into_it(chained):
    events = db.session.scalars(db.select(ConsentEvent).order_by(ConsentEvent.id)).all()
    assert [event.id for event in events] == [1, 2]
    assert verify().is_whole
    assert held("f1")[0] == {"page": "/", "network": "192.0.2.0/24"}


def test_what_points_at_an_event_follows_it_into_the_chain(chained):
    subscription = db.session.scalars(db.select(Subscription)).one()
    assert subscription.consent_id == 2
    assert db.session.get_one(ConsentEvent, 2).kind == Kind.CONFIRMED


def test_where_everyone_stands_is_what_the_chained_events_say(chained):
    compared = compare()
    assert (compared.people, compared.first_difference) == (1, None)


def test_a_chained_database_goes_back_with_its_people(chained):
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="0001")
    found = "SELECT kind FROM subscription JOIN consent_event e ON e.id = consent_id"
    assert db.session.scalars(text(found)).all() == ["confirmed"]
