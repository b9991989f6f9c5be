"""A person with a row in every table, erased, then looked for in every byte that is kept."""

import gc
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from rights.everywhere import seed
from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import verification
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.queries import is_sendable
from mailer.db import Base, db, transaction
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.rights import erasure, jobs
from mailer.subscriptions.models import Subscriber
from mailer.worker import queue

LOCAL = "zenobie.marqueur"
ADDRESS = f"{LOCAL}@exemple.fr"


@pytest.fixture
def zenobie(app, caplog):
    """Somebody who is in every table, erased by the one path; her fingerprint."""
    caplog.set_level(logging.DEBUG)
    address = addresses.parse(ADDRESS)
    fingerprint = addresses.fingerprint(address, app.config["FINGERPRINT_KEY"])
    with transaction():
        seed(fingerprint, ADDRESS)
    assert found_in_tables() or found_in_files(app)
    with transaction():
        erasure.erase(fingerprint, now())
    jobs.write_erasures()
    return fingerprint


def found_in_tables():
    """The tables of which some row, as text, holds the marker."""
    db.session.rollback()
    return {
        table.name
        for table in Base.metadata.tables.values()
        if any(LOCAL in str(tuple(row)) for row in db.session.execute(select(table)))
    }


def found_in_files(app):
    """The files of the data folder and of the database that hold the marker's bytes."""
    db.session.remove()
    db.engine.dispose()
    gc.collect()
    if db.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(db.engine.url.database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(app.config["DATA_FOLDER"])
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.name for path in files if LOCAL.encode() in path.read_bytes()}


def test_the_address_is_in_no_table(zenobie):
    assert found_in_tables() == set()


def test_the_address_is_in_no_byte_of_the_data_folder(app, zenobie):
    queue.of(app).put("purge")
    assert found_in_files(app) == set()


def test_the_log_does_not_name_her(zenobie, caplog, capsys):
    assert LOCAL not in caplog.text
    assert LOCAL not in "".join(capsys.readouterr())


def test_the_ledger_still_verifies(zenobie):
    assert verification.verify().fault is None


def test_no_way_of_writing_the_address_is_written_to_after_an_objection(app, zenobie):
    with transaction():
        consent.suppress(zenobie, Reason.OBJECTION, now(), "request:1")
    variants = (ADDRESS.upper(), f" {ADDRESS}", "Zenobie.Marqueur@EXEMPLE.fr")
    parsed = [addresses.parse(text) for text in variants]
    prints = {addresses.fingerprint(each, app.config["FINGERPRINT_KEY"]) for each in parsed}
    assert prints == {zenobie}
    assert not is_sendable(zenobie)


def test_what_a_colleague_sent_to_others_stays_theirs(app):
    nadia = Subscriber(
        address="nadia@exemple.fr", fingerprint="n" * 64, language="fr", created_at=now()
    )
    with transaction():
        seed("z" * 64, ADDRESS)
        db.session.add(nadia)
        db.session.flush()
        hers = db.session.scalars(select(Delivery)).one()
        theirs = {"campaign_id": hers.campaign_id, "state": hers.state, "at": hers.at}
        db.session.add(Delivery(subscriber_id=nadia.id, next_at=hers.next_at, **theirs))
    with transaction():
        erasure.erase("z" * 64, now())
    kept = select(Delivery.state).where(Delivery.subscriber_id == nadia.id)
    assert db.session.scalars(kept).all() == [DeliveryState.QUEUED]


def test_what_is_kept_is_kept_under_the_fingerprint(zenobie):
    kept = select(ConsentEvent.kind).where(ConsentEvent.fingerprint == zenobie)
    assert [kind.value for kind in db.session.scalars(kept)] == ["signup_requested", "erased"]
    assert db.session.scalars(select(Subscriber)).all() == []
