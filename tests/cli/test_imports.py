import json

import pytest
from sqlalchemy import func, select

from mailer.audit.models import Entry
from mailer.db import db, transaction
from mailer.subscriptions import operations
from mailer.subscriptions.imports import storage
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscriber

FILE = "email\nzoe@exemple.fr\nremi.exemple.fr\n"


@pytest.fixture
def file(app, tmp_path):
    with transaction():
        operations.create_list(ListData("La lettre", "tout", "souvent"), "account:1")
    path = tmp_path / "salon.csv"
    path.write_text(FILE)
    return str(path)


def people():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Subscriber))


def test_a_dry_run_tells_everything_and_does_nothing(mailer, file):
    run = mailer("import", file, "--list", "la-lettre", "--by", "Camille Morin", "--dry-run")

    assert run.exit_code == 0, run.output
    assert "line 3" in run.stderr
    assert people() == 0
    assert list(storage.folder().iterdir()) == []


def test_a_file_is_imported(mailer, file):
    run = mailer("import", file, "--list", "la-lettre", "--by", "Camille Morin")

    assert (run.exit_code, people()) == (0, 1)


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (("--list", "autre"), "there are: la-lettre"),
        (("--list", "la-lettre", "--notice", "0"), "exactly one kept notice"),
        (("--list", "la-lettre", "--collected-on", "2100-01-01"), "a day that is over"),
    ],
)
def test_what_is_wrong_is_said_with_the_cure(mailer, file, words, cure):
    run = mailer("import", file, "--by", "Camille Morin", *words)

    assert (run.exit_code, cure in run.output) == (1, True)


def test_the_export_needs_a_motive_and_leaves_a_record(mailer, file):
    mailer("import", file, "--list", "la-lettre", "--by", "Camille Morin")

    short = mailer("export", "--motive", "x", "--by", "Camille Morin")
    run = mailer("export", "--format", "json", "--motive", "Relevé annuel", "--by", "Camille Morin")

    assert short.exit_code == 1
    assert [row["address"] for row in json.loads(run.stdout)] == ["zoe@exemple.fr"]
    entries = db.session.scalars(select(Entry).where(Entry.verb == "export")).all()
    assert [entry.actor for entry in entries] == ["cli:Camille Morin"]
