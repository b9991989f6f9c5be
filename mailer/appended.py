"""Files of lines that are only added to, for their owner alone, also after a crash amid a line."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from mailer import owners

BLOCK = 4096  # bytes


def add(path: Path, text: str) -> None:
    """Add whole lines to the file, on the disk before it returns."""
    cut_torn(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        owners.give(path, path.parent)
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def replace(path: Path, text: str) -> None:
    """Have the file hold these lines and no others, all of them or none."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    add(fresh, text)
    fresh.replace(path)


def cut_torn(path: Path) -> None:
    """Take away a line that a crash or a full disk cut short: a table still has the whole of it."""
    if path.is_file():
        with path.open("rb") as file:
            size, end = file.seek(0, os.SEEK_END), _last_newline(file)
        if end < size:
            os.truncate(path, end)


def lines(path: Path) -> Iterator[str]:
    """The whole lines of the file, the oldest first: a table still has one that was cut short."""
    if path.is_file():
        with path.open(encoding="utf-8", errors="replace") as file:
            yield from (line for line in file if line.endswith("\n"))


def last(path: Path) -> str:
    """The last whole line of the file; nothing when there is none."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        end = _last_newline(file)
        start = _last_newline(file, end - 1) if end else 0
        file.seek(start)
        return file.read(end - start).decode()


def _last_newline(file: BinaryIO, before: int | None = None) -> int:
    """Where the last line that ends before there ends; looked for from the end of a long file."""
    end = file.seek(0, os.SEEK_END) if before is None else before
    while end > 0:
        start = max(end - BLOCK, 0)
        file.seek(start)
        if (found := file.read(end - start).rfind(b"\n")) >= 0:
            return start + found + 1
        end = start
    return 0
