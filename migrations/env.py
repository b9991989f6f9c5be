"""Alembic's entry: one set of migrations for SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection

from mailer.db import UNHURRIED, Base, db

# Two processes that migrate at once wait for each other, so long.
ADVISORY_LOCK = 20_260_101
WAIT_MS = 30_000
# While a migration waits for a table, whoever reads that table waits behind it.
TABLE_WAIT_MS = 5_000
ALONE = (
    UNHURRIED,
    f"SET LOCAL lock_timeout = {WAIT_MS}",
    f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})",
    f"SET LOCAL lock_timeout = {TABLE_WAIT_MS}",
)


@contextmanager
def _unbound(connection: Connection) -> Iterator[None]:
    """Let SQLite make a table anew under its name without following what points at it."""
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    [usual] = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA foreign_keys = OFF")
    # The writer's lock is taken at the start, before it is read how far the tables are.
    driver.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
    try:
        yield
    finally:
        # The pragma does nothing inside a transaction: what failed is undone first.
        connection.rollback()
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute(f"PRAGMA busy_timeout = {usual}")


def _refuse_rows_that_point_nowhere(connection: Connection) -> None:
    """What PostgreSQL refuses by itself, before it is kept."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
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
            # Alembic would commit each migration by itself on SQLite, which can undo them all.
            transactional_ddl=True,
        )
        with context.begin_transaction():
            if connection.dialect.name == "postgresql":
                for statement in ALONE:
                    connection.exec_driver_sql(statement)
            context.run_migrations()
            _refuse_rows_that_point_nowhere(connection)
        connection.commit()


run()
