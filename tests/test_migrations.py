"""The migrations lead to exactly the tables of the models, and back, on both databases."""

import flask_migrate
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from mailer.db import Base, db
from mailer.resources import folder

MIGRATIONS = folder("migrations")


@pytest.fixture
def alembic(app):
    flask_migrate.Migrate(app, db)
    return app.extensions["migrate"].migrate.get_config(str(MIGRATIONS))


def shape() -> dict[str, object]:
    """Every table as the database sees it."""
    seen = inspect(db.engine)
    return {
        name: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in seen.get_columns(name)],
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


def test_every_migration_goes_down_and_up_again(alembic):
    before = shape()
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
    assert shape() == {}
    flask_migrate.upgrade(directory=str(MIGRATIONS))
    assert shape() == before
