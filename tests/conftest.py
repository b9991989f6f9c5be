"""The app on a real database: SQLite and PostgreSQL both, a fresh copy for each test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import compiled_routes
import imap_server as imap
import pytest
from _pytest.nodeid import coerce_node_id
from browser import Browser
from cheap_hashes import CHEAP
from databases import SETTINGS, PostgreSQL, SQLite, postgresql_url, server_folder
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import sync_playwright

from mailer.accounts import operations as accounts
from mailer.accounts import passphrases
from mailer.app import create_app
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail import outbox
from mailer.mail.message import Message

PASSPHRASE = "sept phares et une marée"

compiled_routes.install()


def pytest_collection_modifyitems(config, items):
    """Keep what shares a running program on one worker.

    pytest-xdist 3.8 writes the group of its mark where pytest 9.2 no longer looks.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark and not item.nodeid.endswith(f"@{mark.args[0]}"):
            item._id = coerce_node_id(f"{item.nodeid}@{mark.args[0]}")


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
        with pytest.MonkeyPatch.context() as patch, transaction():
            patch.setattr(passphrases, "_hasher", CHEAP)
            accounts.create(email, "Camille Morin", PASSPHRASE, roles, now())
        browser = app.test_client()
        browser.submit("/connexion", email=email, passphrase=PASSPHRASE)
        return browser

    return sign_in


@pytest.fixture
def mail(app: Flask) -> Message:
    """A mail to zoe@exemple.fr."""
    return Message(
        sender="lettre@exemple.fr",
        recipient="zoe@exemple.fr",
        subject="Bonjour",
        text="Bonjour",
        html="<p>Bonjour</p>",
        message_id="<zoe@exemple.fr>",
        date=now(),
        return_path="rebond@rebond.exemple.fr",
    )


@pytest.fixture
def due_mail(mail: Message) -> None:
    """A mail that has waited for a worker for an hour."""
    with transaction():
        outbox.put(replace(mail, date=mail.date - timedelta(hours=1)), "test")


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
