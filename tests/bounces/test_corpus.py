"""Real returned mail: how much of it is read, and how rarely somebody alive is called dead."""

import pytest
from bounces.corpus import ABSENT, RETURNED, cases, count, raw

from mailer.bounces.parse import parse, read
from mailer.mail.returned import Kind

pytestmark = pytest.mark.skipif(not cases(""), reason=ABSENT)
REAL = [case for case in cases("sisimai/") if case["kind"] in RETURNED]
# Two mails name another recipient than the one noted for them, one letter or one word apart.
ODDITIES = 2
ODD, EVEN = REAL[::2], REAL[1::2]
HALVES = pytest.mark.parametrize("half", [ODD, EVEN, REAL], ids=["odd", "even", "all"])


@HALVES
def test_almost_every_recipient_is_found_and_almost_none_invented(half):
    total = count(half)
    assert total["found"] >= 0.97 * total["expected"]
    assert total["invented"] <= 0.01 * total["expected"] + ODDITIES


@HALVES
def test_an_address_is_called_dead_when_it_is(half):
    total = count(half)
    assert total["hard right"] >= 0.95 * total["hard"]
    assert total["hard false"] <= 0.02 * total["hard"]


@HALVES
def test_the_reason_is_mostly_the_one_that_the_field_gives(half):
    total = count(half)
    assert total["reason right"] >= 0.85 * total["reason"]


@pytest.mark.parametrize("folder", ["flufl/", "made/", "sisimai-dos/", "sisimai-mac/"])
def test_the_recipients_of_other_collections_are_found(folder):
    total = count(cases(folder))
    assert total["found"] >= 0.95 * total["expected"]
    assert total["invented"] <= 0.025 * total["expected"]


@pytest.mark.parametrize(
    "case", [c for c in cases("") if c["kind"] == "complaint"], ids=lambda case: case["file"]
)
def test_every_complaint_is_read(case):
    words = {each["feedback_type"] for each in parse(raw(case))}
    assert words == {each["feedback_type"] for each in case["expected"]}


NO_REPORTS = {"delivered", "autoreply", "not-bounce"}


@pytest.mark.parametrize(
    "case", [c for c in cases("") if c["kind"] in NO_REPORTS], ids=lambda case: case["file"]
)
def test_what_is_no_bounce_is_not_taken_for_one(case):
    kinds = {each.kind for each in read(raw(case))}
    assert kinds <= {Kind.DELIVERED, Kind.AUTOREPLY, Kind.REPLY}


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"], ids=["LF", "CRLF", "CR"])
def test_lines_may_end_in_any_way(ending):
    for case in cases(""):
        mail = raw(case)
        lines = mail.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        assert parse(lines.replace(b"\n", ending)) == parse(mail), case["file"]
