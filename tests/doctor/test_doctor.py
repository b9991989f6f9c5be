"""`mailer doctor` names what is wrong, each fault with its cure."""

import shutil
from datetime import timedelta
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from doctor.world import encrypted, website
from mail import fault_server, pop3_server
from mail.certificate import write_certificate
from mail.fault_server import CAPABILITIES, FaultServer
from mail.listening import LOOPBACK
from mail.pop3_server import Pop3Server
from sqlalchemy import create_engine, text

from mailer import schema
from mailer.articles.data import Kind
from mailer.articles.models import Source
from mailer.backups import manifest, taking
from mailer.backups.manifest import Manifest
from mailer.cli import commands
from mailer.clock import now
from mailer.db import db, transaction
from mailer.outgoing import Reason
from mailer.worker.models import WorkerBeat

NOTHING_LISTENS = 9


class Usage(NamedTuple):
    """As shutil tells of a disk."""

    total: int
    used: int
    free: int


def test_an_office_that_is_well_ends_with_0(office):
    told = office.ask()

    assert told.exit_code == 0, told.stdout
    assert "✗" not in told.stdout
    assert "✓ DKIM: s1._domainkey.exemple.fr holds the key that signs" in told.stdout
    assert "takes mails from rebond@rebond.exemple.fr" in told.stdout


def relays(office, served):
    """A relay of each kind that takes no mail of ours."""
    shown = write_certificate(office.folder, "autre.example", now(), timedelta(days=1))
    login = FaultServer("auth", "535 5.7.8 no", capabilities=(*CAPABILITIES, "AUTH PLAIN"))
    sender = FaultServer("mail", "553 5.7.1 not yours")
    office.relay("down", NOTHING_LISTENS)
    office.relay("login", served(fault_server.serving(login)).port, user="x", password="phare")
    office.relay("sender", served(fault_server.serving(sender)).port)
    office.relay("clear", served(fault_server.serving(FaultServer())).port, security="verify")
    office.relay("forged", served(encrypted(FaultServer().serve, shown)), security="tls")


def mailbox(office, served):
    """A mailbox of returns whose password is another."""
    box = served(pop3_server.serving(Pop3Server()))
    office.settings |= {
        "MAILER_BOUNCE_MAILBOX_HOST": LOOPBACK,
        "MAILER_BOUNCE_MAILBOX_PORT": str(box.port),
        "MAILER_BOUNCE_MAILBOX_PROTOCOL": "pop3",
        "MAILER_BOUNCE_MAILBOX_SECURITY": "plain",
        "MAILER_BOUNCE_MAILBOX_USER": "rebond",
        "MAILER_BOUNCE_MAILBOX_PASSWORD": "marée-basse",
    }


def test_each_of_sixteen_planted_faults_is_named_with_its_cure(app, office, served, monkeypatch):
    relays(office, served)
    mailbox(office, served)
    office.sign(app.config, str(office.folder / "elsewhere"))
    office.zone.forget("rebond.exemple.fr", "_dmarc.exemple.fr", "10.2.0.192.in-addr.arpa")
    office.settings["MAILER_BASE_URL"] = "http://lettre.exemple.fr"
    (office.folder / "ledger-key").chmod(0o644)
    office.fast = 90
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100, 98, 2))
    with transaction():
        db.session.query(WorkerBeat).delete()

    found = office.faults()

    told = {
        "relay: down": "cannot be reached",
        "relay login: login": "refuses SMTP_USER with its password (5.7.8)",
        "relay sender: sender": "refuses our sender (5.7.1)",
        "relay encryption: clear": "does not encrypt as SMTP_SECURITY 'verify' asks",
        "relay certificate: forged": "a certificate that is not its own",
        f"bounce mailbox: {LOOPBACK}:{office.settings['MAILER_BOUNCE_MAILBOX_PORT']}": "password",
        "SPF: rebond.exemple.fr": "publish rebond.exemple.fr. IN TXT",
        "DKIM: s1._domainkey.exemple.fr": "holds another key than the one that signs",
        "DMARC: the": "publish _dmarc.exemple.fr. IN TXT",
        "returns: rebond.exemple.fr": "takes no mails",
        "reverse DNS: 192.0.2.10": "publish its PTR record: lettre.exemple.fr.",
        "BASE_URL: BASE_URL": "not https",
        f"keys: {office.folder}/ledger-key": "chmod 600",
        "clock: the": "seconds slow",
        "disk: 2%": "make room",
        "worker: no": "start `mailer worker`",
    }
    assert found.keys() == told.keys()
    assert {name for name, words in told.items() if words not in found[name]} == set()
    assert "phare" not in str(found)


@pytest.fixture
def tables_of_another_version(app):
    """A database whose migrations ended earlier; put right after the test, which shares it."""
    held = text("UPDATE alembic_version SET version_num = :number")
    with transaction():
        db.session.execute(held.bindparams(number="0001"))
    yield
    with transaction():
        db.session.execute(held.bindparams(number=schema.needed()))


@pytest.mark.usefixtures("tables_of_another_version")
def test_a_database_that_is_not_of_this_version_asks_for_migrate(office):
    assert "run `mailer migrate`" in office.faults()["database: the"]


def test_a_database_that_another_program_holds_is_named(office, app):
    engine = create_engine(app.config["DATABASE_URL"])
    is_sqlite = app.config["DATABASE_URL"].startswith("sqlite")
    # On SQLite, what writes holds the lock from its start (db.py).
    with engine.connect().execution_options(writes=True) as other:
        other.execute(text("SELECT 1" if is_sqlite else "LOCK TABLE job_turn"))
        found = office.faults()
        other.rollback()
    engine.dispose()

    assert "is locked by another program" in found["database: the"]


def test_a_database_over_the_network_is_named_where_locks_matter(office, app):
    mounts = f"server:/data {office.folder} nfs4 rw 0 0\n"
    (office.folder / "mounts").write_text("/dev/sda1 / ext4 rw 0 0\n" + mounts)

    is_sqlite = app.config["DATABASE_URL"].startswith("sqlite")
    assert ("file system: the" in office.faults()) == is_sqlite


def test_a_relay_that_says_nothing_does_not_keep_the_others_waiting(office, served):
    office.relay("slow", served(fault_server.serving(FaultServer("greeting", "hang"))).port)
    office.seconds = 1.0

    (said,) = office.faults().values()
    assert "slow" in said
    assert "says nothing within 1 seconds" in said


def test_a_server_of_names_that_is_silent_is_no_fault_of_ours(office, monkeypatch):
    monkeypatch.setattr("mailer.doctor.names.SECONDS", 0.2)
    office.zone.is_silent = True
    told = office.ask()

    assert told.exit_code == 0
    assert "! SPF: no server of names answers" in told.stdout


def test_settings_that_cannot_be_used_are_told_first_and_alone(office):
    office.settings["MAILER_SMPT_HOST"] = "relais"
    told = office.ask()

    assert told.exit_code == 1
    assert told.stdout == (
        "✗ settings: unknown setting: MAILER_SMPT_HOST\n  → perhaps MAILER_SMTP_HOST is meant\n"
    )


def test_a_data_folder_that_cannot_be_used_is_named(office):
    (office.folder / "taken").write_text("")
    office.settings["MAILER_DATA_FOLDER"] = str(office.folder / "taken")

    assert "cannot be used" in office.faults()["data folder: DATA_FOLDER:"]


def test_a_site_with_the_certificate_of_another_is_named(office):
    shown = write_certificate(office.folder, "autre.example", now(), timedelta(days=1))
    office.settings["SSL_CERT_FILE"] = shown.chain

    assert "a certificate that is not its own" in "".join(office.faults().values())


def test_a_proxy_that_keeps_mail_programs_from_unsubscribing_is_named(office, served):
    shown = write_certificate(office.folder, "localhost", now(), timedelta(days=1))
    port = served(encrypted(website("POST"), shown))
    office.settings["MAILER_BASE_URL"] = f"https://localhost:{port}"

    (said,) = office.faults().values()
    assert "unsubscribe somebody is answered 405" in said
    assert "let POST to /u/ pass the proxy" in said


@pytest.mark.parametrize(("days", "is_late"), [(1, False), (3, True)])
def test_backups_that_are_taken_no_more_are_named(office, days, is_late):
    backup = office.folder / "backups" / (now() - timedelta(days=days)).strftime(taking.NAMED)
    backup.mkdir(parents=True)
    whole = Manifest(now(), "sqlite", "0001", 0, "", {}, {})
    (backup / manifest.FILE).write_text(manifest.written(whole))
    # Bears the name of a newer one, and holds nothing.
    (backup.parent / now().strftime(taking.NAMED)).mkdir()

    told = office.faults().get("backups: the", "")
    assert ("is 3 days old → see mailer-backup.timer" in told) == is_late


def test_an_office_without_backups_is_told_so(office):
    told = office.ask()

    assert told.exit_code == 0
    assert f"! backups: there is none in {office.folder / 'backups'}" in told.stdout


@pytest.mark.parametrize(("days", "is_long"), [(1, False), (3, True)])
def test_a_site_whose_articles_come_no_more_is_named(office, days, is_long):
    with transaction():
        row = Source(name="Ville", url="https://ville.exemple.fr", kind=Kind.FEED, added_at=now())
        row.failure, row.failing_since = Reason.TOO_SLOW, now() - timedelta(days=days)
        row.next_fetch_at = now()
        db.session.add(row)

    told = office.faults().get("sources: 'Ville'", "")
    assert ("could not be read for 3 days (too-slow) → see /bureau/sources" in told) == is_long


@pytest.mark.parametrize("words", [["--dns", "127.0.0.1:porte"], ["--seconds", "0"], ["--nothing"]])
def test_a_word_that_it_does_not_know_ends_with_2(words):
    assert CliRunner().invoke(commands, ["doctor", *words]).exit_code == 2
