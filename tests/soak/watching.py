"""What a process holds, as the kernel tells (proc(5))."""

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from soak.load import Crowd
from soak.verdict import Sample

LOOK_SECONDS = 0.5


def samples(
    crowd: Crowd, processes: Mapping[str, int], wal: Path | None, seconds: float, every: float
) -> Iterator[Sample]:
    """One of so many seconds each, until the time is over."""
    began = time.monotonic()
    for number in range(1, int(seconds / every) + 1):
        largest = size(wal) if wal else None
        while (left := began + number * every - time.monotonic()) > 0:
            largest = max(largest, size(wal)) if wal else None
            time.sleep(min(left, LOOK_SECONDS))
        yield Sample(
            number * every,
            {name: resident(pid) for name, pid in processes.items()},
            {name: descriptors(pid) for name, pid in processes.items()},
            largest,
            tuple(answer.seconds for answer in crowd.news()),
        )


def resident(pid: int) -> int:
    """Bytes in memory that are its own or shared."""
    pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def descriptors(pid: int) -> int:
    """How many files and sockets it holds open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def size(file: Path) -> int:
    """Bytes of the file; 0 while it is not there."""
    return file.stat().st_size if file.exists() else 0
