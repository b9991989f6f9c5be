import csv
import io

import pytest

from mailer import sheets


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("before", ["", " ", "\n"])
def test_no_cell_is_a_formula(sign, before):
    (row,) = csv.reader(io.StringIO(sheets.line([f"{before}{sign}1+1"]), newline=""))

    assert row == [f"'{before}{sign}1+1"]


def test_every_cell_is_quoted():
    assert sheets.line(["a", 'b "c", d', 3]) == '"a","b ""c"", d","3"\r\n'


def test_what_is_no_formula_reads_back_as_it_was():
    cells = ["zoe@exemple.fr", "<b>", "l’été", "a\nb", "1-1"]

    assert next(csv.reader(io.StringIO(sheets.line(cells), newline=""))) == cells
