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
    assert "".join(appended.lines(path)) == held[: held.rfind("\n") + 1]
    appended.cut_torn(path)
    assert path.read_text() == held[: held.rfind("\n") + 1]
    appended.add(path, "next\n")
    assert appended.last(path) == "next\n"


def test_no_file_holds_no_line(tmp_path):
    assert appended.last(tmp_path / "absent") == ""
    assert list(appended.lines(tmp_path / "absent")) == []
    appended.cut_torn(tmp_path / "absent")


def test_lines_take_the_place_of_all_others(tmp_path):
    path = tmp_path / "lines.jsonl"
    path.write_text("a\nb\n")
    # A crash left the file that was to come.
    (tmp_path / "lines.new").write_text("half of ")

    appended.replace(path, "b\n")

    assert (path.read_text(), [each.name for each in tmp_path.iterdir()]) == ("b\n", [path.name])
