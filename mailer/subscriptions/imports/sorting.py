"""Sorting more lines than the memory holds, each key once.

Rows written in the order of their fingerprint lie side by side in every index keyed by it; in the
order of the file, each would touch a page of its own.
"""

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO

RUN_LINES = 100_000


def in_order(lines: Iterable[str], folder: Path) -> Iterator[str]:
    """The lines in order; what does not fit in memory waits in files that nobody can name."""
    with ExitStack() as files:
        for line in heapq.merge(*_runs(iter(lines), folder, files)):
            yield line.rstrip("\n")


def _runs(lines: Iterator[str], folder: Path, files: ExitStack) -> list[IO[str]]:
    runs: list[IO[str]] = []
    while run := sorted(islice(lines, RUN_LINES)):
        file = files.enter_context(
            # A line ends where we end it, and nowhere else.
            tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=folder)  # noqa: SIM115 - the stack closes it
        )
        file.writelines(f"{line}\n" for line in run)
        file.seek(0)
        runs.append(file)
    return runs
