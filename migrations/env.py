"""Alembic's entry: one set of migrations for SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from mailer.db import Base, db

# Two processes that migrate at once wait for each other.
ADVISORY_LOCK = 20_260_101


@contextmanager
def _unbound(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew under its name without following what points at it."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys = OFF")
    yield
    broken = driver.execute("PRAGMA foreign_key_check").fetchall()
    driver.execute("PRAGMA foreign_keys = ON")
    if broken:
        raise RuntimeError(f"the migration left {len(broken)} rows that point nowhere")


def run() -> None:
    """Bring the database of the current app to the asked revision, in one transaction."""
    with db.engine.connect().execution_options(writes=True) as connection, _unbound(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=True,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL lock_timeout = '30s'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
            context.run_migrations()
        connection.commit()


run()
