"""`mailer ledger` verifies, anchors and changes keys."""

import math
import stat
from pathlib import Path

import pytest

from mailer import settings
from mailer.cli import waiting
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import db, transaction


@pytest.fixture
def events(app):
    """Three events; the connection is closed, as the command opens its own."""
    with transaction():
        for _ in range(3):
            consent.record("c" * 64, "list:lettre", Kind.CONFIRMED, Evidence(Method.JOB, now()))
    db.session.remove()


def test_a_whole_ledger_is_said_to_be_whole(mailer, events):
    said = mailer("ledger", "verify")

    assert (said.exit_code, said.output.splitlines()[-1]) == (0, "whole")
    assert "events   3" in said.output


@pytest.mark.parametrize(
    ("every", "told"), [(0, "  3 of 3 events, about 0 s to go\n"), (math.inf, "")]
)
def test_how_far_it_is_is_said_from_time_to_time(mailer, events, monkeypatch, every, told):
    monkeypatch.setattr(waiting, "EVERY", every)

    said = mailer("ledger", "verify")

    assert (said.stderr, said.stdout.splitlines()[-1]) == (told, "whole")


def test_an_anchor_is_verified_with_the_rest(mailer, events):
    told = mailer("ledger", "anchor").output
    said = mailer("ledger", "verify")

    assert said.exit_code == 0
    assert f"head     {told}" in said.output
    assert "anchors  1" in said.output


def test_a_ledger_that_is_not_whole_is_an_error_that_names_the_place(mailer, events, app):
    mailer("ledger", "anchor")
    Path(app.config["DATA_FOLDER"], "ledger-anchors.jsonl").unlink()

    said = mailer("ledger", "verify")

    assert said.exit_code == 1
    assert "at event 3 is in the table and not in the file" in said.output


@pytest.mark.parametrize(
    ("which", "file"), [("chain", "ledger-key"), ("pepper", "fingerprint-key")]
)
def test_a_new_key_joins_the_old_one_in_a_file_for_its_owner_alone(
    mailer, events, app, which, file
):
    path = Path(app.config["DATA_FOLDER"], file)
    before = settings.kept_secrets(path)

    assert mailer("ledger", "rotate", which).exit_code == 0

    *kept, new = settings.kept_secrets(path)
    assert kept == before
    assert new not in before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert mailer("ledger", "verify").exit_code == 0


def test_a_key_that_stands_in_the_settings_is_changed_there(mailer, events):
    said = mailer("ledger", "rotate", "chain", MAILER_LEDGER_KEY="mine")

    assert said.exit_code == 2
    assert "LEDGER_KEYS_OLD" in said.output


def test_a_folder_without_tables_is_named_with_its_cure(mailer, tmp_path):
    elsewhere = str(tmp_path / "autre")
    said = mailer("ledger", "verify", MAILER_DATA_FOLDER=elsewhere, MAILER_DATABASE_URL="")

    assert said.exit_code == 1
    assert elsewhere in said.output
    assert "run `mailer migrate`" in said.output
