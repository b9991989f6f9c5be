"""The file of an import, as long as it is needed: in the data folder, readable by its owner."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from flask import current_app

FOLDER = "imports"
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


def keep(source: Readable, path: Path) -> str:
    """Copy the file, piece by piece; its digest, by which it is known."""
    digest = hashlib.sha256()
    with create(path) as file:
        while piece := source.read(CHUNK_BYTES):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


@contextmanager
def create(path: Path) -> Iterator[IO[bytes]]:
    """A new file that nobody else may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


def forget(import_id: int) -> None:
    """Remove what is left of the import's files."""
    table(import_id).unlink(missing_ok=True)
    rejects(import_id).unlink(missing_ok=True)
