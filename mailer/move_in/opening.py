"""The files of an export, and those in its archives: read piece by piece, and never a bomb."""

import json
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from mailer.move_in.refusals import Refusal, Unusable
from mailer.subscriptions.imports import tables

# What programs export: sheets, what their interfaces answer, and letters.
SUFFIXES = frozenset({".csv", ".json", ".html"})
# An account of years has a few thousand letters.
MOST_PARTS = 20_000
# A document is read whole; an interface gives it in pages.
DOCUMENT_BYTES = 64_000_000
LETTER_BYTES = 4_000_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)


@dataclass(frozen=True)
class Part:
    """One file, under its name in the archive that it came in."""

    name: str
    size: int
    opened: Callable[[], IO[bytes]]

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem


def parts(paths: Sequence[Path]) -> list[Part]:
    """Every file that may hold people, lists or letters; raises Unusable for a bad archive."""
    found = [part for path in paths for part in _parts(path)]
    if not found:
        raise Unusable(Refusal.NOTHING, paths[0].name)
    return found


def _parts(path: Path) -> Iterator[Part]:
    with path.open("rb") as file:
        is_archive = file.read(4) == tables.ZIP
    if not is_archive:
        yield Part(path.name, path.stat().st_size, partial(_file, path))
        return
    for info in _members(path):
        if PurePosixPath(info.filename).suffix.lower() in SUFFIXES:
            yield Part(info.filename, info.file_size, partial(_member, path, info.filename))


def _members(path: Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
    except BROKEN:
        raise Unusable(Refusal.ARCHIVE, path.name) from None
    if any(info.flag_bits & 1 for info in members):
        raise Unusable(Refusal.LOCKED, path.name)
    # zipfile gives no more of a member than the size that is said here.
    unpacked = sum(info.file_size for info in members)
    too_much = len(members) > MOST_PARTS or unpacked > tables.UNPACKED_BYTES
    if too_much or any(map(tables.is_shrunk, members)):
        raise Unusable(Refusal.BOMB, path.name)
    return members


def _file(path: Path) -> IO[bytes]:
    return path.open("rb")


def _member(path: Path, name: str) -> IO[bytes]:
    # The stream holds the archive's file open for as long as it lives.
    return zipfile.ZipFile(path).open(name)


@contextmanager
def reading(part: Part) -> Iterator[IO[bytes]]:
    """The part from its beginning; raises Unusable where the archive is damaged."""
    try:
        with part.opened() as file:
            yield file
    except BROKEN:
        raise Unusable(Refusal.ARCHIVE, part.name) from None


def text(part: Part, most: int) -> str:
    """The whole of it, which is short and in UTF-8; raises Unusable for anything else."""
    if part.size > most:
        raise Unusable(Refusal.LARGE, part.name)
    with reading(part) as file:
        content = file.read(most + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unusable(Refusal.ENCODING, part.name) from None


def document(part: Part) -> object:
    """The JSON in it; raises Unusable for anything else."""
    try:
        found: object = json.loads(text(part, DOCUMENT_BYTES))
    except (json.JSONDecodeError, RecursionError):
        raise Unusable(Refusal.DOCUMENT, part.name) from None
    return found
