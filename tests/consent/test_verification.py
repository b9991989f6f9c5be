"""Whatever is done to the ledger behind our back is named."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from sqlalchemy import select, text

from mailer.consent import anchors, jobs, operations, trimming, verification
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import Anchor, ConsentEvent, LedgerGap, SubjectKey
from mailer.consent.verification import Problem
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import erasure

START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
PEOPLE = [letter * 64 for letter in "abc"]
LENGTH = 9


def add(number=LENGTH):
    shown = Evidence(Method.WEB_FORM, START, network="192.0.2.0/24", address="camille@exemple.fr")
    with transaction():
        operations.record_many(
            [Entry(PEOPLE[n % 3], "list:lettre", Kind.CONFIRMED, shown) for n in range(number)]
        )


@pytest.fixture
def written(app):
    """Nine events of three people, in turns."""
    with time_machine.travel(START, tick=False):
        add()


@pytest.fixture
def anchored(written):
    with time_machine.travel(START, tick=False):
        jobs.anchor()


def behind_our_back(*statements):
    """What someone does who has the database, and not the key."""
    if db.engine.dialect.name == "sqlite":
        names = db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        drops = [f"DROP TRIGGER {name}" for (name,) in names.all()]
    else:
        tables = ("consent_event", "ledger_anchor")
        drops = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in tables]
    with transaction():
        # The live state, rebuilt from the events, would hold on to them.
        for statement in (*drops, "DELETE FROM consent_state", *statements):
            db.session.execute(text(statement))


def fault():
    found = verification.verify().fault
    return (found.place, found.problem) if found else None


def test_an_empty_ledger_is_whole(app):
    assert verification.verify().is_whole


def test_a_ledger_that_nobody_touched_is_whole(anchored):
    verdict = verification.verify()

    assert verdict.is_whole
    assert (verdict.events, verdict.anchors, verdict.head.seq) == (LENGTH, 1, LENGTH)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'withdrawn'",
        "occurred_at = recorded_at, fingerprint = 'somebody'",
        "origin = 'import:1'",
        "locale = 'en'",
        "hash = CASE WHEN hash LIKE 'f%' THEN '0' ELSE 'f' END || substr(hash, 2)",
        "sealed_sha256 = trace_sha256",
        "notice_sha256 = NULL, form_sha256 = NULL, actor = 'staff'",
    ],
)
def test_a_changed_event_is_named(written, change):
    behind_our_back(f"UPDATE consent_event SET {change} WHERE id = 4")  # noqa: S608 - a test's

    assert fault() == ("event 4", Problem.CHANGED)


def test_one_flipped_byte_of_a_ciphertext_is_named(written):
    sealed = db.session.scalar(select(ConsentEvent.sealed).where(ConsentEvent.id == 4))
    flipped = bytes([*sealed[:-1], sealed[-1] ^ 1]).hex()
    value = f"x'{flipped}'" if db.engine.dialect.name == "sqlite" else f"'\\\\x{flipped}'"
    behind_our_back(f"UPDATE consent_event SET sealed = {value} WHERE id = 4")  # noqa: S608 - a test's

    assert fault() == ("event 4", Problem.CHANGED)


@pytest.mark.parametrize("seq", [1, 4, LENGTH - 1])
def test_a_missing_event_is_named(written, seq):
    behind_our_back(f"DELETE FROM consent_event WHERE id = {seq}")  # noqa: S608 - a test's

    assert fault() == (f"event {seq}", Problem.MISSING)


def test_a_missing_event_is_named_though_the_rest_moves_up(written):
    moved = [f"UPDATE consent_event SET id = {n} WHERE id = {n + 1}" for n in range(4, LENGTH)]  # noqa: S608 - a test's
    behind_our_back("DELETE FROM consent_event WHERE id = 4", *moved)

    assert fault() == ("event 4", Problem.MISPLACED)


def test_two_swapped_events_are_named(written):
    swaps = ((4, 100), (6, 4), (100, 6))
    behind_our_back(*(f"UPDATE consent_event SET id = {b} WHERE id = {a}" for a, b in swaps))  # noqa: S608 - a test's

    assert fault() == ("event 4", Problem.MISPLACED)


def test_a_hash_made_with_another_key_is_named(written):
    behind_our_back("UPDATE consent_event SET key_id = 'another' WHERE id = 4")

    assert fault() == ("event 4", Problem.UNKNOWN_KEY)


def test_an_end_that_was_cut_off_is_named_by_the_anchor(anchored):
    behind_our_back("DELETE FROM consent_event WHERE id > 7")

    assert fault() == ("the anchor of 2026-11-24 at event 9", Problem.CUT)


def test_an_end_that_was_cut_off_with_its_anchor_is_named_by_the_file(anchored):
    behind_our_back("DELETE FROM consent_event WHERE id > 7", "DELETE FROM ledger_anchor")

    assert fault() == ("the anchor of 2026-11-24 at event 9", Problem.CUT)


def test_an_end_that_was_written_anew_is_named_by_the_anchor(anchored):
    behind_our_back("DELETE FROM consent_event WHERE id > 7")
    add(3)

    assert fault() == ("the anchor of 2026-11-24 at event 9", Problem.DISAGREES)


def test_an_anchor_that_only_one_place_has_is_named(anchored):
    kept = anchors.path().read_text()
    anchors.path().unlink()
    without_file = fault()
    anchors.path().write_text(kept)
    behind_our_back("DELETE FROM ledger_anchor")

    name = "the anchor of 2026-11-24 at event 9"
    assert without_file == (name, Problem.NOT_IN_FILE)
    assert fault() == (name, Problem.NOT_IN_TABLE)


@pytest.mark.parametrize("column", ["seq = 8", "count = 8", "signature = 'mine'"])
def test_a_changed_anchor_is_named(anchored, column):
    behind_our_back(f"UPDATE ledger_anchor SET {column}")  # noqa: S608 - a test's

    assert fault()[1] is Problem.UNSIGNED


def test_a_file_of_anchors_that_cannot_be_read_is_named(anchored):
    anchors.path().write_text("{}\n")

    assert fault() == ("the file of anchors", Problem.UNREADABLE)


def test_erasing_leaves_the_ledger_whole(anchored):
    with transaction():
        erasure.erase(PEOPLE[0], START)

    assert verification.verify().is_whole
    assert db.session.get(SubjectKey, PEOPLE[0]) is None


def trim(who, at=START):
    with transaction():
        return trimming.trim(ConsentEvent.fingerprint == who, at)


def gaps():
    found = db.session.execute(
        select(LedgerGap.first_id, LedgerGap.last_id).order_by(LedgerGap.first_id)
    )
    return [tuple(row) for row in found]


def test_what_has_outlived_its_time_goes_and_the_rest_stays_whole(anchored):
    assert trim(PEOPLE[0]) == 3
    told = []

    verdict = verification.verify(lambda *far: told.append(far))
    assert verdict.is_whole
    assert verdict.events == 6
    assert told == [(6, 6)]
    assert gaps() == [(1, 1), (4, 4), (7, 7)]
    assert db.session.get(SubjectKey, PEOPLE[0]) is None


def test_gaps_that_touch_become_one(anchored):
    for who in (PEOPLE[0], PEOPLE[2], PEOPLE[1]):
        trim(who)
        assert verification.verify().is_whole

    assert gaps() == [(1, LENGTH)]


def test_the_chain_goes_on_behind_a_gap_at_its_end(written):
    trim(PEOPLE[2])
    add(1)

    assert verification.verify().is_whole
    assert db.session.scalar(select(ConsentEvent.id).order_by(ConsentEvent.id.desc())) == 10


def test_a_gap_that_we_did_not_sign_is_named(written):
    trim(PEOPLE[0])
    behind_our_back(
        "UPDATE ledger_gap SET last_id = 5, last_hash ="
        " (SELECT hash FROM consent_event WHERE id = 5) WHERE first_id = 4",
        "DELETE FROM consent_event WHERE id = 5",
    )

    assert fault() == ("event 4", Problem.UNSIGNED_GAP)


def test_an_anchor_is_dropped_once_a_day_when_the_chain_has_grown(written):
    with time_machine.travel(START, tick=False) as clock:
        jobs.anchor()
        add()
        jobs.anchor()
        clock.move_to(START + DAY)
        jobs.anchor()
        clock.move_to(START + 2 * DAY)
        jobs.anchor()

    assert db.session.scalars(select(Anchor.seq)).all() == [LENGTH, 2 * LENGTH]
    assert len(anchors.in_file()) == 2


def test_what_a_crash_kept_from_the_file_is_added(anchored):
    anchors.path().unlink()
    with time_machine.travel(START, tick=False):
        jobs.anchor()

    assert verification.verify().is_whole


def test_the_file_is_for_its_owner_alone_and_only_grows(anchored):
    first = anchors.path().read_text()
    with time_machine.travel(START + DAY, tick=False):
        add()
        jobs.anchor()

    assert anchors.path().stat().st_mode & 0o777 == 0o600
    assert anchors.path().read_text().startswith(first)


def test_the_officer_is_told_and_no_person_named(anchored):
    mail = db.session.scalars(select(OutboxMessage)).one()

    head = verification.verify().head
    assert mail.recipient == "dpo@exemple.fr"
    assert head.hash in mail.text
    assert not any(who in mail.text for who in PEOPLE)


def test_batches_do_not_show(app):
    add(2 * verification.ROWS_AT_ONCE + 1)

    assert verification.verify().events == 2 * verification.ROWS_AT_ONCE + 1


def test_the_order_of_the_chain_is_the_order_of_the_numbers(written):
    rows = db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id)).all()

    assert all(after.prev_hash == before.hash for before, after in pairwise(rows))
