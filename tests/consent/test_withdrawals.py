"""The journal of withdrawals: each no of the ledger, in a file beside the data."""

import time_machine

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import withdrawals
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import committed, transaction
from mailer.rights import jobs as rights

LEA = "a" * 64


def say(kind):
    with transaction():
        consent.record(LEA, "list:1", kind, Evidence(Method.WEB_FORM, now()))


def test_each_no_and_who_is_set_aside_is_written_once_and_nothing_else(app):
    aside = (Kind.RESTRICTED, Kind.UNRESTRICTED)
    for kind in (Kind.CONFIRMED, Kind.WITHDRAWN, Kind.OBJECTED, Kind.COMPLAINED, *aside):
        say(kind)
    withdrawals.write()
    withdrawals.write()

    assert [(line.seq, line.fingerprint, line.kind) for line in withdrawals.read()] == [
        (2, LEA, Kind.WITHDRAWN),
        (3, LEA, Kind.OBJECTED),
        (4, LEA, Kind.COMPLAINED),
        (5, LEA, Kind.RESTRICTED),
        (6, LEA, Kind.UNRESTRICTED),
    ]


def test_a_no_asks_for_the_job_once_it_is_committed_and_a_yes_does_not(app):
    asked = []
    with committed.connected_to(lambda wish: asked.append(wish.job)):
        say(Kind.CONFIRMED)
        assert asked == []
        say(Kind.WITHDRAWN)

    assert asked == [withdrawals.JOB]


def test_a_line_older_than_every_backup_goes(app):
    with time_machine.travel("2020-01-01", tick=False):
        say(Kind.WITHDRAWN)
    with time_machine.travel("2026-01-01", tick=False):
        say(Kind.OBJECTED)
        withdrawals.write()
        rights.write_erasures()

    assert [line.kind for line in withdrawals.read()] == [Kind.OBJECTED]
