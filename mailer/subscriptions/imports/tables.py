"""Reading a table, row by row, with the same memory however long it is: CSV or XLSX."""

import codecs
import csv
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mailer.subscriptions.imports.faults import MOST_COLUMNS, Trouble, Unreadable

SEPARATORS = (";", ",", "\t")
SAMPLE_LINES = 20
CHUNK_BYTES = 1 << 20
LONGEST_LINE = 1 << 20
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# A sheet of real addresses shrinks to a tenth; a bomb to a thousandth (200 MB in 204 kB).
UNPACKED_BYTES = 2_000_000_000
# The workbook's own parts are read whole.
WHOLE_PART_BYTES = 250_000_000
MOST_SHRUNK = 100
SMALL_PART_BYTES = 10_000_000
ZIP = b"PK\x03\x04"
BROKEN = (zipfile.BadZipFile, zlib.error, ParseError, InvalidFileException, ValueError, KeyError)


@dataclass(frozen=True)
class Table:
    """How a file is read: `xlsx`, or a text encoding and the separator of its cells."""

    encoding: str
    separator: str = ""


def recognise(path: Path) -> Table:
    """How that file is to be read; raises Unreadable for one that is no table."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise Unreadable(Trouble.NOTHING)
    if head.startswith(ZIP):
        _defuse(path)
        return Table("xlsx")
    encoding = _encoding(path, head)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        return Table(encoding, _separator(list(islice(_lines(file), SAMPLE_LINES))))


def rows(path: Path, table: Table) -> Iterator[list[str]]:
    """Every row, the header first; raises Unreadable where it can be read no further."""
    yield from _sheet(path) if table.encoding == "xlsx" else _text(path, table)


def count(path: Path, table: Table) -> int:
    """About how many rows there are, quickly; 0 where only reading would tell."""
    if table.encoding == "xlsx":
        return 0
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK_BYTES), b""))


def _encoding(path: Path, head: bytes) -> str:
    for mark, name in MARKS.items():
        if head.startswith(mark):
            return name
    if b"\0" in head:
        # Latin letters in UTF-16 without its mark: every other byte is zero.
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    # What French programs write where it is not UTF-8.
    return "utf-8" if _is_utf8(path) else "cp1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _separator(sample: list[str]) -> str:
    def cells(separator: str) -> int:
        return max((len(row) for row in csv.reader(sample, delimiter=separator)), default=0)

    try:
        return max(SEPARATORS, key=cells)
    except csv.Error:
        raise Unreadable(Trouble.NOT_A_TABLE) from None


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise Unreadable(Trouble.LONG_LINE)
        yield line


def _text(path: Path, table: Table) -> Iterator[list[str]]:
    with path.open(encoding=table.encoding, errors="replace", newline="") as file:
        reader = csv.reader(_lines(file), delimiter=table.separator)
        try:
            yield from reader
        except (csv.Error, Unreadable):
            raise Unreadable(Trouble.LONG_LINE, reader.line_num) from None


def _defuse(path: Path) -> None:
    """Refuse what would fill the memory or the disk once unpacked; zipfile holds to these sizes."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise Unreadable(Trouble.BROKEN_SHEET) from None
    if sum(part.file_size for part in parts) > UNPACKED_BYTES or any(map(_is_bomb, parts)):
        raise Unreadable(Trouble.BOMB)


def is_shrunk(part: zipfile.ZipInfo) -> bool:
    """Whether it unpacks to far more than any sheet or text does."""
    too_shrunk = part.file_size > MOST_SHRUNK * max(part.compress_size, 1)
    return part.file_size > SMALL_PART_BYTES and too_shrunk


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    if part.file_size <= SMALL_PART_BYTES:
        return False
    is_streamed = part.filename.startswith("xl/worksheets/")
    return is_shrunk(part) or (not is_streamed and part.file_size > WHOLE_PART_BYTES)


def _sheet(path: Path) -> Iterator[list[str]]:
    with _broken_is_unreadable(), path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True):
            yield _trimmed([_written(value) for value in row])
        book.close()


@contextmanager
def _broken_is_unreadable() -> Iterator[None]:
    try:
        yield
    except BROKEN:
        raise Unreadable(Trouble.BROKEN_SHEET) from None
    except IndexError:
        raise Unreadable(Trouble.NOTHING) from None


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _written(value: object) -> str:
    """The cell as its owner reads it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
