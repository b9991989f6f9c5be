"""A database as one file, taken while others write, and put back.

SQLite by its online backup, PostgreSQL by pg_dump of the same snapshot in which the rows were
counted.
"""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, NullPool, create_engine, inspect, text
from sqlalchemy.engine import make_url

from mailer import owners, schema
from mailer.db import Base
from mailer.errors import Conflict, Invalid


@dataclass(frozen=True)
class Held:
    """What a database holds: its revision, the last event of its ledger, the rows of each table."""

    revision: str
    seq: int
    head_hash: str
    rows: Mapping[str, int]


NAMES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
SUFFIXES = ("-wal", "-shm")
# psql reads the dump within a transaction; unless it is told to commit, the server rolls it back.
# The whole schema goes first: what a newer version added would be in the way of its migration.
INTO_ONE_TRANSACTION = (
    *("--quiet", "--set=ON_ERROR_STOP=1", "--no-psqlrc", "--output=/dev/null"),
    *("--command=BEGIN", "--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public"),
    "--file=-",
)
# Already there in a backup that was taken in between.
MARK = f"CREATE TABLE IF NOT EXISTS {{schema}}.{schema.HALF_RESTORED} (mark integer)"
# A purge of the last events leaves the chain where it was.
LAST_EVENT = text("""
    SELECT id, hash FROM (SELECT id, hash FROM consent_event ORDER BY id DESC LIMIT 1) AS kept
    UNION ALL SELECT last_id, last_hash
        FROM (SELECT last_id, last_hash FROM ledger_gap ORDER BY last_id DESC LIMIT 1) AS gone
    ORDER BY 1 DESC LIMIT 1
""")


def dialect(url: str) -> str:
    """`sqlite` or `postgresql`."""
    return make_url(url).get_backend_name()


def file_of(url: str) -> Path:
    """Where a SQLite database lies."""
    return Path(str(make_url(url).database))


def dump(url: str, folder: Path) -> Held:
    """Write the database into the folder; says what is in it."""
    place = folder / NAMES[dialect(url)]
    return _dump_file(url, place) if dialect(url) == "sqlite" else _dump_server(url, place)


def _dump_file(url: str, place: Path) -> Held:
    place.touch(0o600)
    with closing(sqlite3.connect(file_of(url))) as source, closing(sqlite3.connect(place)) as copy:
        source.backup(copy)
        # One file: what is beside it would be forgotten by whoever carries it away.
        copy.execute("PRAGMA journal_mode=DELETE")
    return held(f"sqlite:///{place}")


def _dump_server(url: str, place: Path) -> Held:
    place.touch(0o600)
    engine = create_engine(url, isolation_level="REPEATABLE READ", poolclass=NullPool)
    with engine.connect() as connection:
        snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        found = holding(connection)
        _run(url, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={place}")
    return found


def check(place: Path) -> None:
    """Read the whole file as the database would; raises Invalid for one that is damaged."""
    if place.name == NAMES["postgresql"]:
        _run(None, "pg_restore", "--file=/dev/null", str(place))
        return
    with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as copy:
        try:
            said = copy.execute("PRAGMA integrity_check").fetchone()
        except sqlite3.DatabaseError as error:
            raise Invalid("database") from error
    if said != ("ok",):
        raise Invalid("database")


def load(place: Path, url: str) -> None:
    """Put the file in the place of the database, whole or not at all, and marked (schema)."""
    if dialect(url) == "sqlite":
        _load_file(place, file_of(url))
    else:
        _load_server(place, url)


def _load_file(place: Path, target: Path) -> None:
    fresh = target.with_name(f"{target.name}.new")
    shutil.copyfile(place, fresh)
    fresh.chmod(0o600)
    owners.give(fresh, target if target.exists() else target.parent)
    with closing(sqlite3.connect(fresh)) as copy:
        copy.execute(MARK.format(schema="main"))
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    for suffix in SUFFIXES:
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    fresh.replace(target)


def _load_server(place: Path, url: str) -> None:
    reading = [_found("pg_restore"), "--no-owner", "--file=-", str(place)]
    command, environment = _on(url, "psql", *INTO_ONE_TRANSACTION)
    with subprocess.Popen(  # noqa: S603 - a program of PostgreSQL, with paths of ours
        command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as writing:
        read = subprocess.run(  # noqa: S603 - as above
            reading, stdout=writing.stdin, stderr=subprocess.PIPE, check=False
        )
        # Said last, and only then: where the text ends without it, nothing has changed.
        end = f"{MARK.format(schema='public')};\nCOMMIT;\n".encode()
        _, said = writing.communicate(end if read.returncode == 0 else b"")
    _answered("psql", writing.returncode, said)
    _answered("pg_restore", read.returncode, read.stderr)


def held(url: str) -> Held:
    """What the database holds now."""
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return holding(connection)


def holding(connection: Connection) -> Held:
    """The same, as this transaction sees it."""
    quoted = connection.dialect.identifier_preparer.quote
    rows = {
        name: connection.execute(text(f"SELECT count(*) FROM {quoted(name)}")).scalar_one()  # noqa: S608 - a name of ours, quoted
        for name in inspect(connection).get_table_names()
        # Not the tables in which the database keeps an index: some tell nothing of themselves.
        if name in Base.metadata.tables
    }
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    last = connection.execute(LAST_EVENT).first()
    return Held(revision, last.id if last else 0, last.hash if last else "", rows)


def _run(url: str | None, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on the database; raises Conflict, with what it says."""
    command, environment = _on(url, program, *arguments)
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with paths of ours
        command, env=environment, capture_output=True, check=False
    )
    _answered(program, done.returncode, done.stderr)


def _on(url: str | None, program: str, *arguments: str) -> tuple[list[str], dict[str, str]]:
    """The command for a program of PostgreSQL, and its environment."""
    command, environment = [_found(program), *arguments], dict(os.environ)
    if url:
        parsed = make_url(url)
        command.insert(1, f"--dbname={_plain(parsed)}")
        # By the environment: the arguments of a process are seen by everybody on the machine.
        environment |= {"PGPASSWORD": parsed.password or ""}
    return command, environment


def _answered(program: str, code: int, stderr: bytes) -> None:
    """Raise Conflict for a program that failed, with the last that it said."""
    if code:
        said = stderr.decode(errors="replace").strip().splitlines() or ["it says nothing"]
        raise Conflict(f"{program}: {said[-1].removeprefix(f'{program}: ')}")


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise Conflict(f"{program} is not installed: it comes with the client of PostgreSQL")
    return path


def _plain(url: URL) -> str:
    """The address as libpq takes it, without the password."""
    whom = (url.username, None, url.host, url.port, url.database)
    return URL.create("postgresql", *whom, url.query).render_as_string()
