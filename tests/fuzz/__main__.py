"""`make fuzz MINUTES=10`: calls of every route, for so long; ends with 1 when one broke.

`make fuzz ARGS="--database postgresql"` asks the other database, `--only /droits` some routes.
Between two rounds forms are sent as people fill them, so that each round meets another state.
"""

import argparse
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from time import monotonic

import compiled_routes
from cheap_hashes import CHEAP
from databases import PostgreSQL, postgresql_url, server_folder
from fuzz import hunting, seen
from fuzz.hunting import Route
from fuzz.world import PostgreSQLDatabase, SQLiteFile, World

from mailer.accounts import passphrases

EXAMPLES_A_ROUND = 6
STEPS_BETWEEN = 60


@dataclass
class Found:
    """What broke, each place once."""

    calls: int = 0
    places: dict[str, str] = field(default_factory=dict)

    def add(self, route: Route, error: BaseException) -> None:
        """Print it when its place is new."""
        frames = [
            each
            for each in traceback.extract_tb(error.__traceback__)
            if "/fuzz/" not in each.filename
        ]
        inner = [each for each in frames if "site-packages" not in each.filename] or frames
        place = f"{inner[-1].filename}:{inner[-1].lineno}" if inner else str(route)
        if place in self.places:
            return
        self.places[place] = str(route)
        print(
            f"\n{'=' * 20} {route}\n{''.join(traceback.format_exception(error))[-3_000:]}",
            flush=True,
        )


def main() -> int:
    """Hunt for as long as was asked."""
    asked = argparse.ArgumentParser(prog="fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--only", default="", help="a part of the address")
    asked.add_argument("--first", type=int, default=0, help="the number of the first round")
    chosen = asked.parse_args()
    compiled_routes.install()
    passphrases._hasher = CHEAP
    found = Found()
    # The log has a line for every call.
    with (
        Path(os.devnull).open("w") as nowhere,
        redirect_stderr(nowhere),
        world(chosen.database) as ours,
        ours.app.app_context(),
    ):
        rounds(ours, chosen, found)
    print(f"{found.calls} calls, {len(found.places)} places that break")
    return 1 if found.places else 0


@contextmanager
def world(name: str) -> Iterator[World]:
    """The demonstration on that database, in a folder that goes with it."""
    with tempfile.TemporaryDirectory(prefix="mailer-fuzz-") as temporary:
        folder = Path(temporary)
        if name == "sqlite":
            yield World(SQLiteFile(folder), folder)
            return
        url = postgresql_url(server_folder())
        assert url, "no PostgreSQL could be reached: set MAILER_TEST_POSTGRESQL to a server"
        server = PostgreSQL(url, folder, "mailer_fuzz")
        yield World(PostgreSQLDatabase(server, folder), folder)
        server.drop()


def rounds(ours: World, chosen: argparse.Namespace, found: Found) -> None:
    """Every route, again and again, each time in another state."""
    until, number = monotonic() + chosen.minutes * 60, chosen.first
    profile = hunting.profile(EXAMPLES_A_ROUND, is_quick=ours.database.is_quick)
    while monotonic() < until:
        ours.enter()
        walked = seen.walk(ours)
        random = Random(number)  # noqa: S311 - the same calls again
        routes = hunting.routes(ours.app)
        # A run that is cut short has not left out the same ones each time.
        random.shuffle(routes)
        for route in routes:
            if chosen.only in str(route) and monotonic() < until:
                attempt(
                    ours, found, route, partial(hunting.hunt, ours, walked, route, profile, number)
                )
        number += 1
        print(f"{number} rounds, {ours.calls} calls", flush=True)
        ours.put_back()
        for _step in range(STEPS_BETWEEN):
            route, call = hunting.step(ours, walked, random)
            attempt(ours, found, route, partial(hunting.check, ours, call))
    found.calls = ours.calls


def attempt(ours: World, found: Found, route: Route, work: Callable[[], None]) -> None:
    """Do it in a thread of its own, which keeps what it raised."""

    def in_context() -> None:
        with ours.app.app_context():
            work()

    ours.close()
    with ThreadPoolExecutor(1) as thread:
        if error := thread.submit(in_context).exception():
            found.add(route, error)


if __name__ == "__main__":
    sys.exit(main())
