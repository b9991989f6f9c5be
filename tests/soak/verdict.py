"""Whether a program kept its shape under a long load: samples in, findings out.

The run is cut into six windows of equal length, 5 minutes each of the usual 30.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil
from statistics import median

from mailer.cli.bench_visitors import percentile

WINDOWS = 6
MEMORY_GROWTH = 0.05
# To which SQLite cuts it back (journal_size_limit in mailer/db.py).
WAL_BYTES = 64 * 2**20
SLOWER = 1.5
# What was not done was not borne.
DONE = 0.9


@dataclass(frozen=True)
class Sample:
    """What was seen at one instant, and the answers since the sample before."""

    # Seconds since the load began.
    at: float
    # Resident bytes and open file descriptors, by process.
    memory: Mapping[str, int]
    descriptors: Mapping[str, int]
    # Bytes of SQLite's write-ahead log, the most since the sample before.
    wal: int | None
    seconds: tuple[float, ...]


@dataclass(frozen=True)
class Work:
    """How much of one kind should have been done, and was."""

    kind: str
    asked: float
    done: int


@dataclass(frozen=True)
class Finding:
    """One promise, what was found, and whether it was kept."""

    what: str
    found: str
    limit: str
    is_kept: bool

    def __str__(self) -> str:
        verdict = "kept" if self.is_kept else "BROKEN"
        return f"| {self.what} | {self.found} | {self.limit} | {verdict} |"


def findings(
    samples: Sequence[Sample], seconds: float, work: Sequence[Work], errors: int
) -> list[Finding]:
    """What became of each promise; ValueError for a window without samples or answers."""
    windows = [[] for _ in range(WINDOWS)]
    for sample in samples:
        # A sample stands for the time before it.
        windows[ceil(sample.at * WINDOWS / seconds) - 1].append(sample)
    if not all(windows):
        raise ValueError("a part of the run has no samples")
    # The first window fills caches and pools.
    early, last = windows[1], windows[-1]
    return [
        *(memory(name, early, last) for name in samples[0].memory),
        # By half-time each connection is open that a pool opens when so many jobs first meet.
        *(descriptors(name, windows[WINDOWS // 2], last) for name in samples[0].descriptors),
        *wal([sample.wal for sample in samples if sample.wal is not None]),
        latency([tuple(chain.from_iterable(s.seconds for s in part)) for part in windows]),
        Finding("answers that were errors", str(errors), "0", not errors),
        *(load(each) for each in work),
    ]


def memory(name: str, early: Sequence[Sample], last: Sequence[Sample]) -> Finding:
    """The median of the last window beside that of the second."""
    before, after = (median(s.memory[name] for s in part) for part in (early, last))
    growth = after / before - 1
    found = f"{before / 1e6:.1f} → {after / 1e6:.1f} MB, {growth:+.1%}"
    return Finding(f"memory of {name}", found, f"{MEMORY_GROWTH:+.0%}", growth <= MEMORY_GROWTH)


def descriptors(name: str, halfway: Sequence[Sample], last: Sequence[Sample]) -> Finding:
    """Connections come and go, but no more are held at the end than after half the time."""
    before, after = (median(s.descriptors[name] for s in part) for part in (halfway, last))
    return Finding(f"descriptors of {name}", f"{after:.0f}", f"{before:.0f}", after <= before)


def wal(sizes: Sequence[int]) -> Iterator[Finding]:
    """The most that was ever seen; nothing where the log is not ours."""
    if sizes:
        most, limit = max(sizes), f"{WAL_BYTES / 2**20:.0f} MiB"
        yield Finding("write-ahead log", f"{most / 2**20:.1f} MiB", limit, most <= WAL_BYTES)


def latency(windows: Sequence[Sequence[float]]) -> Finding:
    """The slowest of the later windows beside the first."""
    if not all(windows):
        raise ValueError("a part of the run has no answers")
    first, *later = (percentile(seconds, 0.99) * 1e3 for seconds in windows)
    found = f"{first:.0f} → {max(later):.0f} ms, {max(later) / first:.2f} times"
    return Finding("p99 of answers", found, f"{SLOWER} times", max(later) <= SLOWER * first)


def load(work: Work) -> Finding:
    """Whether as much was done as was asked."""
    found, limit = f"{work.done:,}", f"{DONE * work.asked:,.0f} of {work.asked:,.0f}"
    return Finding(f"done: {work.kind}", found, limit, work.done >= DONE * work.asked)
