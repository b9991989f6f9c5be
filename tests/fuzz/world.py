"""The demonstration on a database of its own, put back as it was before each call."""

import filecmp
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from api import office
from browser import Browser
from databases import SETTINGS, PostgreSQL, SQLite
from fuzz.request import Call
from sqlalchemy import select
from werkzeug.test import TestResponse

from mailer.accounts.models import Account
from mailer.app import create_app
from mailer.db import db, transaction
from mailer.demo import load
from mailer.demo.people import ACCOUNTS, PASSPHRASE
from mailer.web.forms import form_token

VISITOR = "visitor"
# Whoever holds a key of every scope.
PROGRAM = "program"
CHANGING = ("PATCH", "DELETE")
# Whoever plays that part in the demonstration.
STAFF = dict(zip(("editor", "approver", "dpo", "admin"), ACCOUNTS, strict=True))
REFUSED = 400
READING = {"GET", "HEAD", "OPTIONS"}
MANY = 1_000_000
OPEN = {
    name: MANY
    for door in ("POSTS", "LINK_POSTS", "SIGN_INS", "WEBHOOK_POSTS")
    for name in (f"{door}_A_MINUTE", f"{door}_AN_HOUR")
} | {"API_REQUESTS_A_MINUTE": MANY}


class SQLiteFile:
    """A file and its copy."""

    is_quick = True

    def __init__(self, folder: Path) -> None:
        self.path, self.kept = folder / "test.sqlite", folder / "kept.sqlite"
        self.url = SQLite(folder).fresh(folder)

    def keep(self) -> None:
        shutil.copy(self.path, self.kept)

    def put_back(self) -> None:
        for ending in ("-wal", "-shm"):
            self.path.with_name(f"{self.path.name}{ending}").unlink(missing_ok=True)
        shutil.copy(self.kept, self.path)


class PostgreSQLDatabase:
    """A database, and the one that it is cloned from."""

    is_quick = False

    def __init__(self, server: PostgreSQL, folder: Path) -> None:
        self.server, self.kept = server, f"{server.name}_kept"
        self.url = server.fresh(folder)

    def keep(self) -> None:
        self._clone(self.kept, self.server.name)

    def put_back(self) -> None:
        self._clone(self.server.name, self.kept)

    def _clone(self, name: str, of: str) -> None:
        self.server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.server.run(f"CREATE DATABASE {name} TEMPLATE {of}")


class Caller(Browser):
    """A browser that looks at the pages of errors alone; the others have tests of their own."""

    def look(self, answer: TestResponse) -> None:
        if answer.status_code >= REFUSED:
            super().look(answer)


@dataclass
class World:
    """The application with its data, and everybody's browser; use it in a context of the app."""

    database: SQLiteFile | PostgreSQLDatabase
    folder: Path
    cookies: dict[str, str] = field(default_factory=dict)
    secret: str = ""
    touched: int = 0
    calls: int = 0

    def __post_init__(self) -> None:
        self.data = self.folder / "data"
        given = {"DATABASE_URL": self.database.url, "DATA_FOLDER": str(self.data)}
        self.app = create_app(SETTINGS | OPEN | given)
        # What breaks a view rises here, with its place.
        self.app.testing = True
        self.app.test_client_class = Caller
        with self.app.app_context():
            for _step in load.once():
                pass

    def enter(self) -> None:
        """Sign everybody in, and keep all as it is from now on."""
        self.cookies = {VISITOR: "", PROGRAM: ""}
        for part, colleague in STAFF.items():
            browser = self.app.test_client()
            browser.submit("/connexion", email=colleague.email, passphrase=PASSPHRASE)
            cookie = browser.get_cookie("session")
            assert cookie is not None
            self.cookies[part] = cookie.value
        self.secret = self._secret()
        self.close()
        self.database.keep()
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        shutil.copytree(self.data, self.folder / "kept", ignore=shutil.ignore_patterns("*.sqlite*"))

    def _secret(self) -> str:
        """What opens everything that a program may do."""
        with transaction():
            email = STAFF["admin"].email
            maker = db.session.scalars(select(Account.id).where(Account.email == email)).one()
            return office.secret(maker)

    def put_back(self) -> None:
        """Undo what was called since."""
        if not self.touched:
            return
        self.close()
        self.database.put_back()
        for kept in (self.folder / "kept").rglob("*"):
            file = self.data / kept.relative_to(self.folder / "kept")
            if kept.is_file() and not (file.exists() and filecmp.cmp(kept, file)):
                shutil.copy(kept, file)
        self.touched = 0

    def send(self, call: Call) -> TestResponse:
        """The answer; raises what the view raises."""
        browser = self.browser(call.who)
        tokens = self._tokens(browser)
        body, kind = call.body(tokens)
        is_read = call.method in READING
        self.touched += not is_read
        self.calls += 1
        known = self._known(browser, call) if call.who == PROGRAM else []
        # A body that is no form carries its token where scripts do.
        token = [("X-CSRFToken", each) for name, each in tokens.items() if name == "csrf_token"]
        return browser.open(
            call.path,
            method=call.method,
            query_string=call.query,
            data=None if is_read else body,
            content_type=None if is_read else kind,
            headers=[*call.headers, *token, *known],
        )

    def _known(self, browser: Browser, call: Call) -> list[tuple[str, str]]:
        """The key, and what was read of what is to be changed."""
        key = ("Authorization", f"Bearer {self.secret}")
        if call.method not in CHANGING:
            return [key]
        read = browser.open(call.path, method="GET", headers=[key])
        return [key, *(("If-Match", each) for each in read.headers.getlist("ETag"))]

    def browser(self, who: str) -> Browser:
        """A new one, with the cookie of whoever it is."""
        browser = self.app.test_client()
        if cookie := self.cookies[who]:
            browser.set_cookie("session", cookie)
        return browser

    def _tokens(self, browser: Browser) -> dict[str, str]:
        return {"form_token": form_token(), **browser.tokens()}

    def close(self) -> None:
        """Hold no connection."""
        db.session.remove()
        db.engine.dispose()
