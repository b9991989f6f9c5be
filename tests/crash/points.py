"""A fault at the first, second, third … call that a worker makes to the disk or the network."""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench import sinks
from crash.matrix import Bound, Row, look, merged
from crash.servers import Database
from crash.world import ALONE, CONNECTIONS, World, world

INJECTED = "(INJECTED)"
KILLED = "+++ killed by SIGKILL +++"


@dataclass(frozen=True)
class Fault:
    """What strace does to which system calls; only a commit to a file waits for the disk."""

    name: str
    calls: str
    does: str
    on_postgresql: bool = False

    def options(self, number: int) -> list[str]:
        """The fault befalls that call."""
        injection = f"inject={self.calls}:{self.does}:when={number}"
        return ["-f", "-qq", "-e", f"trace={self.calls}", "-e", injection]


FAULTS = (
    Fault("killed at a sync to disk", "fdatasync,fsync", "signal=SIGKILL"),
    Fault("killed at a write to disk", "pwrite64", "signal=SIGKILL"),
    Fault("killed at a write to the network", "sendto", "signal=SIGKILL", on_postgresql=True),
    Fault("EIO from a sync to disk", "fdatasync,fsync", "error=EIO"),
    Fault("EIO from a write to disk", "pwrite64", "error=EIO"),
    Fault("ENOSPC from a write to disk", "pwrite64", "error=ENOSPC"),
    Fault("killed at a write to a file", "write", "signal=SIGKILL", on_postgresql=True),
)


def tracer() -> str | None:
    """Where strace is; None when it is not installed, or may not trace here."""
    found = sinks.tool("strace")
    if found and not _fails([found, "-qq", "true"]):
        return found
    return None


def _fails(command: list[str]) -> bool:
    return bool(subprocess.run(command, check=False, capture_output=True).returncode)


def inject(prepared: World, fault: Fault, number: int) -> bool:
    """Send the campaign with the fault, then without; whether the fault happened at all."""
    trace = prepared.folder / "trace"
    command = [tracer(), *fault.options(number), "-o", str(trace), *ALONE]
    traced = prepared.work(command)
    prepared.wait(lambda: traced.poll() is not None)
    prepared.kill(traced)
    prepared.work()
    prepared.wait_for_end()
    said = trace.read_text()
    return INJECTED in said or KILLED in said


def each(
    folder: Path, database: Database, fault: Fault, people: int, numbers: Iterable[int]
) -> Row:
    """One campaign for each number, until a run passes without being hit; all in one row."""
    rows = []
    for number in numbers:
        place = folder / str(number)
        with world(place, database.fresh(place), people, delay_ms=1) as found:
            if not inject(found, fault, number):
                break
            rows.append(look(found, f"{fault.name} ({number})", 1, Bound(uncertain=CONNECTIONS)))
        shutil.rmtree(place)
    assert rows, "the first call was not hit"
    return merged(f"{fault.name}, {len(rows)} calls", rows)
