"""A backup is whole, says what it holds, and lets go of what is older than it may be kept."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from rights.everywhere import seed

from mailer.backups import manifest
from mailer.clock import now
from mailer.db import transaction

FINGERPRINT = "f" * 64
ADDRESS = "lea@exemple.fr"


@pytest.fixture
def lea(app):
    """Somebody with a row in every table, and a picture beside the database."""
    media = Path(app.config["DATA_FOLDER"], "media")
    media.mkdir(exist_ok=True)
    (media / "phare.jpg").write_bytes(b"a lighthouse")
    with transaction():
        seed(FINGERPRINT, ADDRESS)


def told(folder):
    return manifest.read((folder / manifest.FILE).read_text())


def test_a_backup_says_how_many_rows_it_holds_and_where_the_ledger_stands(lea, backup):
    found = told(backup())
    assert (found.rows["subscriber"], found.rows["consent_event"], found.seq) == (1, 1, 1)
    assert {"media/phare.jpg"} < set(found.files)


def test_only_its_owner_reads_a_backup_and_no_key_is_in_it(lea, backup):
    folder = backup()
    files = [path for path in folder.rglob("*") if path.is_file()]
    keys = {"secret-key", "fingerprint-key", "ledger-key", "vault-key"}
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IRWXU
    assert keys.isdisjoint(path.name for path in files)


def test_backups_older_than_the_rulebook_keeps_them_are_removed(lea, backup, mailer):
    with time_machine.travel(now() - timedelta(days=36)):
        old = backup()
    with time_machine.travel(now() - timedelta(days=34)):
        recent = backup()
    backup()
    assert (old.exists(), recent.exists()) == (False, True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("1.0-extension", None),
        ("2020-1-07T020000Z", None),
        ("2020-01-07T020000Z", "{}"),
        ("2020-01-07T020000Z", "\xff"),
    ],
)
def test_a_folder_that_is_no_backup_of_ours_stays(lea, backup, mailer, name, told):
    with time_machine.travel(now() - timedelta(days=1)):
        first = backup()
    other = first.parent / name
    other.mkdir()
    words = (first / manifest.FILE).read_text() if told is None else told
    (other / manifest.FILE).write_bytes(words.encode("latin-1"))

    said = mailer("backup")

    assert (said.exit_code, "was removed" in said.output, other.exists()) == (0, False, True)


def test_two_backups_are_not_taken_in_one_second(lea, backup, mailer):
    with time_machine.travel(now(), tick=False):
        first = backup()
        second = mailer("backup")

    assert second.exit_code == 1
    assert f"{first} was taken in this second" in second.output


def test_what_was_done_is_said_to_programs_too(lea, mailer):
    said = json.loads(mailer("backup", "--json").output)
    assert Path(said["backup"], manifest.FILE).exists()
    assert said["removed"] == []
