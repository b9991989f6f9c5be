"""What comes back with a backup, and what does not: whoever was erased since, and any mail."""

import json
import os
import shutil

import pytest
from backups.remains import bytes_of_the_file, rows_with
from rights.everywhere import seed
from sqlalchemy import select, text

from mailer.backups import manifest
from mailer.clock import now
from mailer.consent import anchors, verification
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import db, transaction
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.rights import erasure, jobs
from mailer.subscriptions.models import Subscriber

ZOE, NOAH = "z" * 64, "n" * 64


@pytest.fixture
def zoe(app):
    """Somebody with a row in every table."""
    with transaction():
        seed(ZOE, "zoe.phare@exemple.fr")


def erase(fingerprint):
    with transaction():
        erasure.erase(fingerprint, now())
    jobs.write_erasures()


def add_event():
    with transaction():
        consent.record(NOAH, "list:lettre", Kind.CONFIRMED, Evidence(Method.JOB, now()))


def drop_anchor():
    with transaction():
        anchors.drop(now())
    anchors.copy()


def test_a_restore_brings_back_what_was_there(zoe, backup, mailer):
    folder = backup()
    with transaction():
        db.session.execute(text("UPDATE subscriber SET language = 'en'"))

    assert mailer("restore", folder).exit_code == 0

    assert db.session.scalars(select(Subscriber.language)).one() != "en"


def test_nobody_comes_back_who_was_erased_since(zoe, backup, mailer):
    folder = backup()
    erase(ZOE)

    said = mailer("restore", folder)

    assert (said.exit_code, "1 persons erased again" in said.output) == (0, True)
    assert rows_with("zoe.phare") == set()
    assert "zoe.phare" not in bytes_of_the_file()


@pytest.mark.parametrize(
    ("was", "then"),
    [
        (CampaignState.SCHEDULED, (CampaignState.FAILED, Failure.RESTORED)),
        (CampaignState.RUNNING, (CampaignState.PAUSED, None)),
        (CampaignState.FINISHED, (CampaignState.FINISHED, None)),
    ],
)
def test_nothing_leaves_by_itself_after_a_restore(zoe, backup, mailer, was, then):
    with transaction():
        db.session.scalars(select(Campaign)).one().state = was

    mailer("restore", backup())

    campaign = db.session.scalars(select(Campaign)).one()
    assert (campaign.state, campaign.failure) == then


def test_everybody_signs_in_again(zoe, staff, backup, mailer):
    admin = staff("admin")
    assert admin.get("/bureau").status_code == 200
    mailer("restore", backup())
    assert admin.get("/bureau").status_code == 303


def test_a_backup_that_ends_before_the_last_anchor_is_refused(zoe, backup, mailer):
    folder = backup()
    add_event()
    drop_anchor()

    said = mailer("restore", folder)

    assert said.exit_code == 1
    assert "1 consents or withdrawals at least would be lost" in said.output
    assert db.session.scalar(text("SELECT count(*) FROM consent_event")) == 2


def test_a_loss_that_is_accepted_is_signed_and_the_ledger_whole(zoe, backup, mailer):
    folder = backup()
    add_event()
    drop_anchor()

    said = mailer("restore", folder, "--accept-loss")

    assert (said.exit_code, "The ledger is whole, to event 1" in said.output) == (0, True)
    add_event()
    drop_anchor()
    assert mailer("ledger", "verify").exit_code == 0


def test_a_ledger_that_was_cut_is_not_passed_off_as_restored(zoe, mailer):
    add_event()
    drop_anchor()
    forged = (
        "INSERT INTO ledger_restoration (at, seq, head_hash, upto, key_id, signature)"
        " SELECT at, 1, head_hash, seq, key_id, signature FROM ledger_anchor"
    )
    with transaction():
        db.session.execute(text(forged))

    said = mailer("ledger", "verify")

    assert (said.exit_code, "restoration that is not signed" in said.output) == (1, True)
    assert not verification.verify().is_whole


def damage_the_database(folder):
    path = next(folder.glob("database.*"))
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"damaged" * 9)


def lose_the_manifest(folder):
    (folder / manifest.FILE).unlink()


def come_from_a_newer_version(folder):
    said = json.loads((folder / manifest.FILE).read_text())
    (folder / manifest.FILE).write_text(json.dumps(said | {"revision": "9999"}))


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (damage_the_database, "is missing or was changed since the backup was taken"),
        (lose_the_manifest, "it is no backup"),
        (come_from_a_newer_version, "was made by a newer mailer"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(zoe, backup, mailer, harm, sentence):
    folder = backup()
    harm(folder)
    with transaction():
        db.session.execute(text("UPDATE subscriber SET language = 'en'"))

    said = mailer("restore", folder)

    assert (said.exit_code, sentence in said.output) == (1, True)
    assert db.session.scalars(select(Subscriber.language)).one() == "en"


# What reads the dump stops amid the rows of a table.
BREAKS_OFF = """#!/bin/sh
case "$*" in *--file=/dev/null*) exec "{program}" "$@" ;; esac
"{program}" "$@" | sed '/^COPY public.subscriber /q'
exit 1
"""


def test_a_dump_that_breaks_off_changes_nothing(zoe, backup, mailer, tmp_path, monkeypatch):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file of SQLite is put in the place of the other as a whole")
    folder = backup()
    with transaction():
        db.session.execute(text("UPDATE subscriber SET language = 'en'"))
    broken = tmp_path / "pg_restore"
    broken.write_text(BREAKS_OFF.format(program=shutil.which("pg_restore")))
    broken.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")

    said = mailer("restore", folder)

    assert said.exit_code == 1
    assert db.session.scalars(select(Subscriber.language)).one() == "en"
