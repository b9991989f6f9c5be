"""The file of an import, as long as it is needed: in the data folder, readable by its owner."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from flask import current_app

FOLDER = "imports"
# The number of no import.
ARRIVING = "0"
CHUNK_BYTES = 1 << 20


class Readable(Protocol):
    """What can be read piece by piece: an upload, or a file."""

    def read(self, size: int, /) -> bytes: ...


def folder() -> Path:
    """Where the files lie, closed to others."""
    found = Path(current_app.config["DATA_FOLDER"]) / FOLDER
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def table(import_id: int) -> Path:
    """The file as it came."""
    return folder() / f"{import_id}.table"


def rejects(import_id: int) -> Path:
    """The rows that were set aside, with the reason of each."""
    return folder() / f"{import_id}.rejects.csv"


@dataclass(frozen=True)
class Arrived:
    """A file that lies beside the others and has no number yet."""

    path: Path
    sha256: str


@contextmanager
def arrived(source: Readable) -> Iterator[Arrived]:
    """Copy the file, piece by piece, before any transaction; gone at the end unless it is kept."""
    # Named after no import: whatever a crash leaves goes with the next sweep.
    path = folder() / f"{ARRIVING}.{secrets.token_hex(8)}"
    digest = hashlib.sha256()
    try:
        with create(path) as file:
            while piece := source.read(CHUNK_BYTES):
                digest.update(piece)
                file.write(piece)
        yield Arrived(path, digest.hexdigest())
    finally:
        path.unlink(missing_ok=True)


def keep(file: Arrived, import_id: int) -> None:
    """Let the file be that import's, under its number."""
    file.path.replace(table(import_id))


@contextmanager
def create(path: Path) -> Iterator[IO[bytes]]:
    """A new file that nobody else may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def older(before: datetime) -> set[int]:
    """The numbers of the imports that files from before that time lie here of."""
    paths = (path for path in folder().iterdir() if path.stat().st_mtime < before.timestamp())
    return {int(path.name.partition(".")[0]) for path in paths}


def forget_arrived(before: datetime) -> None:
    """Remove what a crash left of files that were on their way."""
    for path in folder().glob(f"{ARRIVING}.*"):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def forget(import_id: int) -> None:
    """Remove what is left of the import's files."""
    table(import_id).unlink(missing_ok=True)
    rejects(import_id).unlink(missing_ok=True)
