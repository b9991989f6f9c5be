"""The file of anchors after a crash in the middle of a line."""

from datetime import UTC, datetime, timedelta

import pytest

from mailer import witnesses
from mailer.signed import Mark
from mailer.witnesses import Witness

FIRST = Witness(Mark(datetime(2026, 11, 28, tzinfo=UTC), 12, "a1", 12), "k", "s1")
SECOND = Witness(Mark(FIRST.mark.at + timedelta(days=1), 30, "b2", 30), "k", "s2")


@pytest.mark.parametrize("kept_bytes", [1, 40, -1])
def test_a_line_that_was_cut_short_is_written_again_whole(tmp_path, kept_bytes):
    file = tmp_path / "anchors.jsonl"
    witnesses.copy([FIRST], file)
    whole = file.read_bytes()
    witnesses.copy([FIRST, SECOND], file)
    second = file.read_bytes().removeprefix(whole)
    file.write_bytes(whole + second[:kept_bytes])

    witnesses.copy([FIRST, SECOND], file)

    assert witnesses.in_file(file) == [FIRST, SECOND]
    assert file.read_bytes() == whole + second


def test_a_file_that_holds_one_cut_line_alone_begins_anew(tmp_path):
    file = tmp_path / "anchors.jsonl"
    file.write_text('{"at": "2026')

    witnesses.copy([FIRST], file)

    assert witnesses.in_file(file) == [FIRST]
