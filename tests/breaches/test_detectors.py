"""Each detector is a rule of its own; none opens an incident."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer.breaches.detectors import broken_ledger, large_export, many_failures
from mailer.breaches.kinds import Detector

AT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)


def test_a_whole_ledger_is_no_sign():
    assert broken_ledger(None) is None


def test_the_same_fault_of_the_ledger_has_the_same_key():
    fault = "event 12 was changed after it was recorded"
    assert broken_ledger(fault).detector == Detector.LEDGER
    assert broken_ledger(fault).key == broken_ledger(fault).key


def test_failed_sign_ins_are_a_sign_from_the_ceiling_on():
    assert many_failures(49, 50, AT, None) is None
    assert many_failures(50, 50, AT, None).facts == {"failures": 50}


def test_one_burst_of_failures_is_proposed_once():
    assert many_failures(60, 50, AT, AT - timedelta(minutes=59)) is None
    assert many_failures(60, 50, AT, AT - timedelta(minutes=60)) is not None


@pytest.mark.parametrize(
    ("subject", "rows"),
    [
        ("list:* state:* format:csv rows:5001 motive:un envoi", 5001),
        ("breach:3 rows:9000 motive:prévenir par courrier", 9000),
    ],
)
def test_an_export_above_the_ceiling_is_a_sign(subject, rows):
    assert large_export(7, subject, 5000).facts == {"rows": rows}


@pytest.mark.parametrize(
    "subject",
    [
        "list:* state:* format:csv rows:5000 motive:un envoi",
        "list:* state:* format:csv rows:12 motive:pour 90000 personnes",
        "register",
    ],
)
def test_a_smaller_export_or_another_is_none(subject):
    assert large_export(7, subject, 5000) is None
