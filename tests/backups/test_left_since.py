"""Whoever left or was set aside since a backup is so once it is put back; who returns stays."""

import pytest
from databases import statement_limit
from sqlalchemy import select

from mailer.backups import restoring
from mailer.cli import waiting
from mailer.clock import now
from mailer.consent import jobs as consent_jobs
from mailer.consent import operations as consent
from mailer.consent import verification, withdrawals
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.queries import is_sendable, suppression_of
from mailer.db import db, transaction
from mailer.rights import erasure, jobs
from mailer.subscriptions import leaving_again
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State


def leave(number):
    with transaction():
        subscriptions.end(number, "", now())


def fingerprint(number):
    return db.session.get_one(Subscription, number).subscriber.fingerprint


def states():
    """Where each subscription stands, by its number."""
    db.session.rollback()
    return dict(db.session.execute(select(Subscription.id, Subscription.state)).all())


def test_nobody_is_written_to_who_left_or_objected_since(readers, backup, mailer):
    left, objected, stayed = (readers(name) for name in ("lea", "nadia", "paul"))
    nadia = db.session.get_one(Subscription, objected).subscriber.fingerprint
    folder = backup()
    leave(left)
    with transaction():
        consent.suppress(nadia, Reason.OBJECTION, now(), "request:1")
        subscriptions.end_all(nadia, "request:1", now())
    consent_jobs.write_withdrawals()

    said = mailer("restore", folder)

    assert (said.exit_code, "2 had left since" in said.output) == (0, True)
    assert states() == {left: State.ENDED, objected: State.ENDED, stayed: State.ACTIVE}
    assert (is_sendable(nadia), verification.verify().is_whole) == (False, True)


def test_nobody_is_written_to_whose_data_were_set_aside_since(readers, backup, mailer):
    lea, nadia, paul = (fingerprint(readers(name)) for name in ("lea", "nadia", "paul"))
    with transaction():
        consent.suppress(paul, Reason.RESTRICTION, now(), "request:1")
    folder = backup()
    with transaction():
        for who in (lea, nadia):
            consent.suppress(who, Reason.RESTRICTION, now(), "request:2")
        consent.unrestrict(nadia, now(), "request:2")
        consent.suppress(paul, Reason.OBJECTION, now(), "request:3")
        consent.unrestrict(paul, now(), "request:1")
    consent_jobs.write_withdrawals()

    first, second = mailer("restore", folder), mailer("restore", folder)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "2 had left since or are set aside" in first.output
    stands = {who: suppression_of(who) for who in (lea, nadia, paul)}
    assert stands == {lea: Reason.RESTRICTION, nadia: None, paul: Reason.OBJECTION}
    assert verification.verify().is_whole


def test_who_was_let_go_is_written_to_whatever_came_in_between(readers, backup, mailer):
    lea, nadia = (fingerprint(readers(name)) for name in ("lea", "nadia"))
    folder = backup()
    with transaction():
        for who in (lea, nadia):
            consent.suppress(who, Reason.RESTRICTION, now(), "request:1")
        consent.suppress(lea, Reason.HARD_BOUNCE, now(), "delivery:1")
    readers("nadia")
    with transaction():
        for who in (lea, nadia):
            consent.unrestrict(who, now(), "request:1")
        consent.restore(lea, "La boîte marche de nouveau.", now(), "account:1")
    consent_jobs.write_withdrawals()

    said = mailer("restore", folder)

    assert (said.exit_code, is_sendable(lea), is_sendable(nadia)) == (0, True, True)


def test_a_no_that_no_job_has_written_yet_is_not_lost(readers, backup, mailer):
    number = readers("lea")
    folder = backup()
    leave(number)

    mailer("restore", folder)

    assert states() == {number: State.ENDED}


def test_a_restore_says_how_far_it_is(readers, backup, mailer, monkeypatch):
    monkeypatch.setattr(waiting, "EVERY", 0)
    number = readers("lea")
    folder = backup()
    leave(number)

    said = mailer("restore", folder)

    last = verification.verify().head.seq
    assert [line for line in said.stderr.splitlines() if line.endswith(("…", "to go"))] == [
        "Checking…",
        "Putting back…",
        "Migrating…",
        "Deciding again…",
        "  1 of 1 withdrawals, about 0 s to go",
        "Verifying…",
        f"  {last} of {last} events, about 0 s to go",
    ]


def test_who_comes_back_after_the_restore_stays(readers, backup, mailer):
    number = readers("lea")
    folder = backup()
    leave(number)
    consent_jobs.write_withdrawals()
    mailer("restore", folder)
    readers("lea")

    jobs.replay_erasures()
    mailer("restore", backup())

    assert states() == {number: State.ACTIVE}


def test_a_second_restore_knows_also_who_left_after_the_first(readers, backup, mailer):
    first, second = readers("lea"), readers("nadia")
    folder = backup()
    leave(first)
    consent_jobs.write_withdrawals()
    mailer("restore", folder)
    leave(second)
    consent_jobs.write_withdrawals()

    mailer("restore", folder)

    assert states() == {first: State.ENDED, second: State.ENDED}


def test_a_restore_that_died_before_the_journal_followed_is_run_again(readers, backup, mailer):
    first, second = readers("lea"), readers("nadia")
    folder = backup()
    # Once more they leave in the order of their subscriptions, and the ledger numbers them so.
    for number in (second, first):
        leave(number)
    consent_jobs.write_withdrawals()
    told = restoring.checked(folder)
    restoring.put_back(folder, told)
    with transaction():
        restoring.decide_again(told, now())

    refused = mailer("worker")
    said = mailer("restore", folder)

    assert (refused.exit_code, "run `mailer restore` again" in refused.output) == (1, True)
    assert (said.exit_code, "2 had left since" in said.output) == (0, True)
    gone = select(ConsentEvent.id, ConsentEvent.fingerprint).where(
        ConsentEvent.kind == Kind.WITHDRAWN
    )
    written = {(line.seq, line.fingerprint) for line in withdrawals.read()}
    assert written == {tuple(row) for row in db.session.execute(gone)}


def test_what_was_put_back_by_hand_is_decided_again_by_the_worker(readers, backup):
    left, complained = readers("lea"), readers("nadia")
    nadia = db.session.get_one(Subscription, complained).subscriber.fingerprint
    folder = backup()
    paul = db.session.get_one(Subscription, readers("paul")).subscriber.fingerprint
    with transaction():
        consent.suppress(paul, Reason.OBJECTION, now(), "request:1")
    leave(left)
    with transaction():
        consent.suppress(nadia, Reason.COMPLAINT, now(), "report:1")
    consent_jobs.write_withdrawals()
    restoring.put_back(folder, restoring.checked(folder))
    with transaction():
        restoring.finish()
    # He asked again before the worker had read the journal.
    back = readers("paul")

    jobs.replay_erasures()

    assert states() == {left: State.ENDED, complained: State.ACTIVE, back: State.ACTIVE}
    assert (is_sendable(nadia), is_sendable(paul)) == (False, True)


@pytest.mark.parametrize(
    "again", [lambda: erasure.replay(now()), lambda: leaving_again.leave_again([])]
)
def test_a_year_of_decisions_may_take_longer_than_a_page(app, again):
    with transaction():
        again()
        assert statement_limit() == "0"
