"""Files of lines that are only added to, for their owner alone, also after a crash amid a line."""

import os
from pathlib import Path


def add(path: Path, text: str) -> None:
    """Add whole lines to the file, on the disk before it returns."""
    cut_torn(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def cut_torn(path: Path) -> None:
    """Take away a line that a crash or a full disk cut short: a table still has the whole of it."""
    if path.is_file() and (written := path.read_bytes()) and not written.endswith(b"\n"):
        os.truncate(path, written.rfind(b"\n") + 1)
