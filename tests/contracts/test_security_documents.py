"""What docs/security says is what the program does."""

import ast
import re
from datetime import timedelta

import pytest

from mailer import settings
from mailer.accounts import passphrases, standing
from mailer.personal import Category

CODE = re.compile(r"`([^`]+)`")
# Settings whose value opens something.
SECRET = re.compile(r"_KEYS?(?:_OLD)?$|PASSWORDS?$|WEBHOOKS$|RELAYS$|_URL$")
# A public address, and no secret.
OPEN = {"BASE_URL"}
# What opens a connection; `psycopg` does too, below SQLAlchemy and Huey.
CONNECTS = re.compile(
    r"^(?:import|from) (?:socket|ssl|smtplib|imaplib|poplib|http\.client|urllib\.request)\b"
    r"|open_connection",
    re.MULTILINE,
)
# What makes a browser that of somebody.
BEGINS = re.compile(r"\bsessions\.(?:start|complete)\(")


@pytest.fixture
def part(root):
    """`part("Files")`: what stands in code in the tables under that heading."""
    text = (root / "docs/security/controls.md").read_text(encoding="utf-8")

    def found(heading):
        body = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        rows = [line for line in body.splitlines() if line.startswith("| ")]
        assert rows, heading
        return set(CODE.findall("\n".join(rows)))

    return found


def test_every_route_that_takes_a_file_stands_in_the_document(app, part):
    takes = {
        (name, view.megabytes)
        for name, view in app.view_functions.items()
        if hasattr(view, "megabytes")
    }

    assert {each for pair in takes for each in pair} <= part("Files")
    assert {name for name in part("Files") if "." in name} == {name for name, _ in takes}


def test_every_secret_of_the_settings_stands_in_the_document(root, part):
    secrets = {name for name in settings.read(root / "config.py") if SECRET.search(name)}

    assert secrets - OPEN - part("Keys and secrets") == set()


def test_every_module_that_opens_a_connection_stands_in_the_document(root, part):
    told = {name for name in part("The wire") if name.startswith("mailer/")}
    connects = {
        str(path.relative_to(root))
        for path in root.glob("mailer/**/*.py")
        if CONNECTS.search(path.read_text())
    }

    assert {path for path in connects if not path.startswith(tuple(told))} == set()


def test_every_module_that_begins_a_session_stands_in_the_document(root, part):
    begins = {
        str(path.relative_to(root))
        for path in root.glob("mailer/**/*.py")
        if BEGINS.search(path.read_text())
    }

    assert {name for name in part("Signing in") if name.endswith(".py")} == begins


def test_every_kind_of_data_stands_in_the_document(part):
    assert part("Data") & set(Category) == set(Category)


def test_every_family_of_events_stands_in_the_document(root, part):
    events = {
        node.args[0].value
        for path in root.glob("mailer/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(getattr(node.func, "value", None), "id", "") == "log"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert {event.partition(".")[0] for event in events} - part("What is logged") == set()


def test_the_lengths_of_a_passphrase_are_those_of_the_document(root):
    text = (root / "docs/security/controls.md").read_text(encoding="utf-8")

    assert f"{passphrases.SHORTEST} to {passphrases.LONGEST} characters of any kind" in text


def test_what_the_document_names_exists(root):
    text = (root / "docs/security/controls.md").read_text(encoding="utf-8")
    named = set(CODE.findall(text))
    paths = {each for each in named if each.startswith(("mailer/", "tests/", "docs/"))}
    known = set(settings.read(root / "config.py"))

    assert {path for path in paths if not (root / path).exists()} == set()
    assert {name for name in named if re.fullmatch(r"[A-Z]+(?:_[A-Z]+)+", name)} - known == set()


def test_sessions_last_as_the_document_says(root):
    text = (root / "docs/security/controls.md").read_text(encoding="utf-8")
    idle, longest = standing.IDLE // timedelta(minutes=1), standing.LONGEST // timedelta(hours=1)

    said = f"ends {idle} minutes after the last request, {longest} hours after it began"
    assert said in text


def test_no_secret_comes_from_the_factory(root):
    shipped = settings.read(root / "config.py")

    assert {name for name in shipped if SECRET.search(name) and shipped[name]} == OPEN
