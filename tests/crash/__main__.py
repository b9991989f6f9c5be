"""`make crash`: every scenario on both databases; ends with 1 when a promise is broken.

`make crash ARGS="kills points"` runs those alone, and `--small` fewer faults and people.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crash import kills, outages, points, presses, relays, servers
from crash.matrix import HEAD, Row
from crash.servers import Database, Server


@dataclass(frozen=True)
class Size:
    """How much is asked: of people and of faults."""

    people: int = 20_000
    kills: int = 50
    stops: int = 20
    points: int = 60
    restarts: int = 10
    pauses: int = 10
    leavers: int = 50
    crowd: int = 3_000


SMALL = Size(1_000, 5, 2, 2, 2, 2, 10, 1_000)
Scenario = Callable[[Path], Row]


def killed(_server: Server, database: Database, size: Size) -> Iterator[Scenario]:
    """SIGKILL, with one worker and two, with what is uncertain parked and sent again."""
    for workers in (1, 2):
        for again in (False, True):
            yield lambda place, workers=workers, again=again: kills.kill(
                place, database.fresh(place), size.people, size.kills, workers, again=again
            )


def stopped(_server: Server, database: Database, size: Size) -> Iterator[Scenario]:
    """SIGTERM, with one worker and two."""
    for workers in (1, 2):
        yield lambda place, workers=workers: kills.stop(
            place, database.fresh(place), size.people, size.stops, workers
        )


def pointed(_server: Server, database: Database, size: Size) -> Iterator[Scenario]:
    """A fault at each call to the disk or the network."""
    if points.tracer() is None:
        print("(no faults at single calls: strace is missing, or may not trace here)")
        return
    for fault in points.FAULTS:
        if fault.on_postgresql or database.name == "sqlite":
            yield partial(_point, database=database, fault=fault, most=size.points)


def _point(place: Path, database: Database, fault: points.Fault, most: int) -> Row:
    return points.each(place, database, fault, 60, range(1, most + 1))


def broken(server: Server, database: Database, size: Size) -> Iterator[Scenario]:
    """The database dies, the disk is full."""
    if database.name == "postgresql":
        yield lambda place: outages.database_dies(place, server, size.people, size.restarts)
    elif not outages.may_mount():
        print("(no full disk: a small file system may not be mounted here)")
    else:
        yield lambda place: outages.disk_fills(place, database, size.crowd)


def refused(_server: Server, database: Database, size: Size) -> Iterator[Scenario]:
    """A relay that is not ready, by a simulated clock."""
    yield lambda place: relays.greylist(place, database.fresh(place), size.crowd)
    yield lambda place: relays.down(place, database.fresh(place), size.crowd)


def pressed(_server: Server, database: Database, size: Size) -> Iterator[Scenario]:
    """Buttons."""
    yield lambda place: presses.start(place, database.fresh(place), size.crowd)
    yield lambda place: presses.pause(place, database.fresh(place), size.crowd, size.pauses)
    yield lambda place: presses.leave(place, database.fresh(place), size.crowd, size.leavers)


KINDS = {
    "kills": killed,
    "stops": stopped,
    "points": pointed,
    "outages": broken,
    "relays": refused,
    "presses": pressed,
}


def main() -> int:
    """Run what was asked for; 1 when a promise is broken."""
    asked = argparse.ArgumentParser(prog="crash", description=__doc__)
    asked.add_argument("kinds", nargs="*", default=[*KINDS], choices=[[], *KINDS])
    asked.add_argument("--small", action="store_true")
    chosen = asked.parse_args()
    size = SMALL if chosen.small else Size()
    print(HEAD, flush=True)
    kept = True
    with servers.postgresql() as server:
        databases = (Database("sqlite", servers.sqlite), Database("postgresql", server.fresh))
        for kind in chosen.kinds:
            for database in databases:
                for scenario in KINDS[kind](server, database, size):
                    with tempfile.TemporaryDirectory() as folder:
                        row = scenario(Path(folder) / "run")
                    print(row, flush=True)
                    kept &= row.is_kept
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
