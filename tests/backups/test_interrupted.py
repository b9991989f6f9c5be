"""A restore in the way of others, cut short, or of a database that it must not simply overwrite."""

import os
import signal
import stat
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from cli.conftest import serving as processes
from rights.everywhere import seed
from sqlalchemy import select, text, update

from mailer.backups import dumps, restoring
from mailer.cli import serving
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import withdrawals
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.rights import erasure, jobs, journal, queries, vault
from mailer.rights.proceedings import Document
from mailer.subscriptions.models import Subscriber
from mailer.worker import beats

ZOE = "z" * 64
# Younger than a minute, however slow the machine is.
IN_AN_HOUR = now() + timedelta(hours=1)


@pytest.fixture
def zoe(app):
    """Somebody with a row in every table."""
    with transaction():
        seed(ZOE, "zoe.phare@exemple.fr")


@pytest.fixture
def data(app):
    return Path(app.config["DATA_FOLDER"])


def erase():
    with transaction():
        erasure.erase(ZOE, now())


def people():
    return len(db.session.scalars(select(Subscriber)).all())


def test_nothing_is_restored_beside_a_site_and_its_worker(zoe, app, data, backup, mailer):
    folder = backup()
    at = {"MAILER_DATA_FOLDER": str(data), "MAILER_DATABASE_URL": app.config["DATABASE_URL"]}
    with processes() as start:
        site = start("web", "--port", "0", **at)
        site.until("jobs need a worker")
        worker = start("worker", **at)
        beside = mailer("restore", folder)
        site.stop(signal.SIGTERM)
        while not beats.known():
            db.session.rollback()
            assert worker.process.poll() is None
            time.sleep(0.1)
        under = mailer("restore", folder)

    assert (beside.exit_code, "already running" in beside.output) == (1, True)
    assert (under.exit_code, "already running" in under.output) == (1, True)


@pytest.mark.parametrize("command", [("web", "--port", "0"), ("worker",), ("up", "--port", "0")])
def test_nothing_starts_while_a_backup_is_put_back(data, mailer, command):
    with serving.alone(data):
        said = mailer(*command)

    assert (said.exit_code, "mailer is already running on" in said.output) == (1, True)


def test_nothing_is_restored_under_a_worker_of_another_machine(zoe, backup, mailer):
    folder = backup()
    with transaction():
        beats.beat(beats.identity(now()), (), IN_AN_HOUR)

    said = mailer("restore", folder)

    assert (said.exit_code, "a worker was at this database" in said.output) == (1, True)


def test_a_worker_that_has_been_silent_for_a_minute_is_in_nobodys_way(zoe, backup, mailer):
    folder = backup()
    with transaction():
        beats.beat(beats.identity(now()), (), now() - timedelta(seconds=61))

    assert mailer("restore", folder).exit_code == 0


def put_back_and_die(folder):
    """What a restore leaves that was cut short before it decided anything again."""
    restoring.put_back(folder, restoring.checked(folder))
    db.session.remove()


def test_nothing_starts_after_a_restore_that_was_cut_short(zoe, backup, mailer):
    folder = backup()
    erase()
    put_back_and_die(folder)
    assert people() == 1

    for command in (("web", "--port", "0"), ("worker",), ("up", "--port", "0")):
        said = mailer(*command)
        assert (said.exit_code, "run `mailer restore` again" in said.output) == (1, True)


def test_a_restore_that_was_cut_short_is_run_again_to_its_end(zoe, data, backup, mailer, visitor):
    with transaction():
        beats.beat(beats.identity(now()), (), IN_AN_HOUR)
    folder = backup()
    (data / "audit-anchors.jsonl").write_text("an anchor\n")
    put_back_and_die(folder)
    parts = visitor.get("/readyz").json["parts"]

    said = mailer("restore", folder)

    assert (said.exit_code, parts["schema"]) == (0, "unready")
    assert visitor.get("/readyz").json["parts"]["schema"] == "ready"
    assert (data / "audit-anchors.jsonl.before-restore").read_text() == "an anchor\n"
    # Of the backup's workers none is alive.
    assert not beats.known()


def break_off(told):
    """Decide again, and fail before it is committed."""
    with transaction():
        restoring.decide_again(told, now())
        raise InterruptedError


def test_a_file_goes_only_once_no_row_names_it_for_good(zoe, data, backup, mailer):
    with transaction():
        name = vault.put(b"a document")
        db.session.execute(update(Document).values(file=name))
    two_hours_ago = (now() - timedelta(hours=2)).timestamp()
    os.utime(data / "vault" / name, (two_hours_ago, two_hours_ago))
    folder = backup()
    erase()
    jobs.write_erasures()
    told = restoring.checked(folder)
    restoring.put_back(folder, told)
    with pytest.raises(InterruptedError):
        break_off(told)
    still = (data / "vault" / name).exists()

    said = mailer("restore", folder)

    assert (still, said.exit_code, (data / "vault" / name).exists()) == (True, 0, False)
    assert name not in queries.sealed_files()


def test_a_backup_of_a_half_restored_database_is_half_restored_too(zoe, backup, mailer):
    put_back_and_die(backup())
    with transaction():
        db.session.execute(text("UPDATE subscriber SET language = 'en'"))

    with time_machine.travel(now() + timedelta(minutes=1)):
        assert mailer("restore", backup()).exit_code == 0
    assert db.session.scalars(select(Subscriber.language)).one() == "en"


def test_nobody_comes_back_whose_erasure_no_job_has_written_yet(zoe, backup, mailer):
    folder = backup()
    erase()

    said = mailer("restore", folder)

    assert (said.exit_code, "1 persons erased again" in said.output) == (0, True)
    assert (people(), [line.fingerprint for line in journal.read()]) == (0, [ZOE])


def test_a_database_that_cannot_be_read_is_not_replaced_without_a_word(zoe, backup, mailer):
    if db.engine.dialect.name != "sqlite":
        pytest.skip("a server that does not answer takes no backup either")
    folder = backup()
    file = dumps.file_of(str(db.engine.url))
    db.session.remove()
    db.engine.dispose()
    file.write_bytes(b"no database at all" * 500)

    refused = mailer("restore", folder)
    untouched = file.read_bytes().startswith(b"no database")
    accepted = mailer("restore", folder, "--accept-loss")

    assert (refused.exit_code, "cannot be read" in refused.output, untouched) == (1, True, True)
    assert (accepted.exit_code, people()) == (0, 1)


def test_what_root_puts_back_belongs_to_whom_the_data_belong(zoe, data, backup, mailer):
    if os.geteuid():
        pytest.skip("only root can give files away")
    media = data / "media" / "2026"
    media.mkdir(parents=True)
    (media / "phare.jpg").write_bytes(b"a lighthouse")
    folder = backup()
    (media / "phare.jpg").unlink()
    media.rmdir()
    with transaction():
        consent.suppress(ZOE, Reason.OBJECTION, now(), "request:1")
    erase()
    for path in (data, *data.rglob("*")):
        os.chown(path, 4321, 4321)

    assert mailer("restore", folder).exit_code == 0

    assert {path.name for path in data.rglob("*") if path.stat().st_uid != 4321} - {
        "mailer.sqlite-wal",
        "mailer.sqlite-shm",
    } == set()
    for path in (journal.path(), withdrawals.path()):
        assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
