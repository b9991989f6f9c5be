import zipfile

import pytest
from openpyxl import Workbook

from mailer.subscriptions.imports import tables
from mailer.subscriptions.imports.faults import MOST_COLUMNS, Trouble, Unreadable
from mailer.subscriptions.imports.tables import Table

ROWS = [["Adresse", "Prénom"], ["zoe@exemple.fr", "Zoé"], ["remi@exemple.fr", "Rémi"]]


@pytest.fixture
def write(tmp_path):
    def write(content, name="liste.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def sheet(tmp_path):
    def sheet(rows):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / "liste.xlsx")
        return tmp_path / "liste.xlsx"

    return sheet


def read(path):
    return list(tables.rows(path, tables.recognise(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_text_is_read_whatever_program_wrote_it(write, encoding, separator, end):
    text = end.join(separator.join(row) for row in ROWS)

    assert read(write(text.encode(encoding))) == ROWS


def test_a_quoted_cell_may_hold_separators_and_ends_of_lines(write):
    path = write(b'a;b\n"x;\ny";"he said ""no"""\n')

    assert read(path)[1] == ["x;\ny", 'he said "no"']


def test_a_sheet_is_read_as_its_owner_sees_it(sheet):
    assert read(sheet([*ROWS, ["12", 3.0], [None, 1.5]])) == [*ROWS, ["12", "3"], ["", "1.5"]]


def test_a_file_of_one_column_needs_no_separator(write):
    assert read(write(b"email\nzoe@exemple.fr\n")) == [["email"], ["zoe@exemple.fr"]]


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_named_so(write, content):
    with pytest.raises(Unreadable, match=Trouble.NOTHING):
        tables.recognise(write(content))


def test_a_line_without_an_end_is_not_read_into_memory(write):
    path = write(b"email\n" + b"a" * 3_000_000)

    with pytest.raises(Unreadable, match=Trouble.LONG_LINE):
        list(tables.rows(path, Table("utf-8", ",")))


def test_a_quote_that_never_closes_ends_the_reading(write):
    path = write(b'email\n"' + b"a@exemple.fr\n" * 30_000)

    with pytest.raises(Unreadable, match=Trouble.LONG_LINE):
        list(tables.rows(path, Table("utf-8", ",")))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)

    with pytest.raises(Unreadable, match=Trouble.BOMB):
        tables.recognise(path)


@pytest.mark.parametrize("content", [b"PK\x03\x04 no archive", b"PK\x03\x04"])
def test_a_broken_sheet_is_named_so(write, content):
    with pytest.raises(Unreadable, match=Trouble.BROKEN_SHEET):
        read(write(content, "liste.xlsx"))


def test_an_archive_that_is_no_sheet_is_named_so(tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")

    with pytest.raises(Unreadable, match=Trouble.BROKEN_SHEET):
        read(path)


def test_a_sheet_with_entities_is_not_expanded(sheet, tmp_path):
    """openpyxl reads with defusedxml where that is installed."""
    source, path = sheet(ROWS), tmp_path / "entities.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                entity = b'<!DOCTYPE a [<!ENTITY b "c">]>'
                content = content.replace(b"<worksheet", entity + b"<worksheet", 1)
            new.writestr(part, content)

    with pytest.raises(Unreadable, match=Trouble.BROKEN_SHEET):
        read(path)


def test_a_sheet_as_wide_as_the_sea_is_read_no_further_than_needed(sheet):
    assert len(read(sheet([["a"] * 5_000]))[0]) == MOST_COLUMNS + 1
