"""Files that are only added to: read from their end, and whole lines after a crash."""

import pytest

from mailer import appended

LONG = "x" * (3 * appended.BLOCK)


@pytest.mark.parametrize(
    ("held", "last"),
    [
        ("", ""),
        ("torn", ""),
        ("a\n", "a\n"),
        ("a\nb\n", "b\n"),
        ("a\ntorn", "a\n"),
        (f"a\n{LONG}\n", f"{LONG}\n"),
        (f"a\n{LONG}", "a\n"),
        ("\n\n", "\n"),
    ],
    ids=["empty", "torn", "one", "two", "torn-after-one", "long", "long-torn", "blank"],
)
def test_a_torn_line_goes_and_the_last_whole_one_is_read(tmp_path, held, last):
    path = tmp_path / "lines"
    path.write_text(held)

    assert appended.last(path) == last
    appended.cut_torn(path)
    assert path.read_text() == held[: held.rfind("\n") + 1]
    appended.add(path, "next\n")
    assert appended.last(path) == "next\n"


def test_no_file_holds_no_line(tmp_path):
    assert appended.last(tmp_path / "absent") == ""
    appended.cut_torn(tmp_path / "absent")
