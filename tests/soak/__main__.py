"""`make soak MINUTES=30`: ten times a normal load; ends with 1 when a promise is broken.

`make soak MINUTES=30 ARGS="--database postgresql"` runs it on PostgreSQL.
"""

import argparse
import socket
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import sinks
from crash import servers
from crash.world import WHOLE, World, world
from soak import acts, imports, watching
from soak.load import Act, Crowd, crowd
from soak.verdict import Finding, Sample, Work, findings
from sqlalchemy import func, select

from mailer.cli.bench_signups import LIST, WIDE
from mailer.cli.bench_visitors import percentile
from mailer.db import db
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.states import CampaignState, DeliveryState

TIMES = 10
EVERY_SECONDS = 10
STARTING_SECONDS = 600
WEB = [sys.executable, "-m", "mailer", "web", "--port"]
# A second of the busiest hour of an office of 100,000 readers (docs/reliability.md).
PAGES, SIGN_UPS, ONE_CLICKS, LETTERS = 2, 0.2, 0.1, 28
# One file in each window of the verdict.
LINES_OF_A_FILE, FILES = 500, 6


@dataclass(frozen=True)
class Size:
    """How long, and how many times the normal load."""

    seconds: float
    times: float = TIMES

    @property
    def people(self) -> int:
        """So many that the campaign has not ended before."""
        return int(LETTERS * self.times * self.seconds * 1.2) + 1000


def main() -> int:
    """Run it; 1 when a promise is broken."""
    options = argparse.ArgumentParser(prog="soak", description=__doc__)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--times", type=float, default=TIMES)
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    chosen = options.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if chosen.database == "sqlite":
            url = servers.sqlite(folder)
        else:
            url = stack.enter_context(servers.postgresql()).fresh(folder)
        found = soak(folder, url, Size(chosen.minutes * 60, chosen.times))
    print("\n| Promise | Found | Limit | Verdict |\n|---|---|---|---|")
    print(*found, sep="\n")
    return 0 if all(each.is_kept for each in found) else 1


def soak(folder: Path, url: str, size: Size) -> list[Finding]:
    """Everything at once for so long, and what became of each promise."""
    pace = {"SENDING_PER_SECOND": int(LETTERS * size.times), "PROXIES": 1}
    with world(folder, url, size.people, **WIDE, **pace) as found:
        port = sinks.free_port()
        web, worker = found.work([*WEB, str(port)]), found.work(WHOLE)
        # A campaign to many is frozen first; nobody else may write on SQLite meanwhile.
        if not found.wait(lambda: _answers(port) and _is_leaving(), STARTING_SECONDS):
            raise TimeoutError((folder / "workers.log").read_text()[-2000:])
        wal = None
        if url.startswith("sqlite"):
            wal = Path(f"{folder / 'mailer.sqlite'}-wal")
            found.wait(lambda: _is_emptied(folder / "mailer.sqlite"))
        what = everything(found, size)
        before = sent()
        with crowd(port, what) as visitors, importing(found, size):
            taken = []
            processes = {"web": web.pid, "worker": worker.pid}
            for one in watching.samples(visitors, processes, wal, size.seconds, EVERY_SECONDS):
                taken.append(one)
                print(told(one), flush=True)
            letters = sent() - before
        if any(process.poll() is not None for process in (web, worker)):
            raise RuntimeError((folder / "workers.log").read_text()[-2000:])
        return judged(taken, size, what, visitors, letters)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return not probe.connect_ex((sinks.LOOPBACK, port))


def _is_leaving() -> bool:
    state = asked(select(Campaign.state))
    return state == CampaignState.RUNNING and sent() > 0


def _is_emptied(database: Path) -> bool:
    """Take what filling and freezing wrote out of the log, to see what the load alone needs."""
    with closing(sqlite3.connect(database)) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def sent() -> int:
    """How many have the letter."""
    found = select(func.count()).select_from(Delivery)
    return asked(found.where(Delivery.state == DeliveryState.SENT))


def asked(statement):
    """What the database says now."""
    found = db.session.scalars(statement).one()
    # A snapshot that stays open lets no log of SQLite end.
    db.session.rollback()
    return found


def everything(found: World, size: Size) -> list[Act]:
    """What is done at once, beside the campaign and the imports."""
    leaving = acts.links(found.campaign_id, int(ONE_CLICKS * size.times * size.seconds) + 100)
    sign_ups = SIGN_UPS * size.times
    return [
        Act("pages", PAGES * size.times, 4, acts.pages()),
        Act("sign-ups", sign_ups, 2, acts.sign_ups(LIST)),
        # Twice as often as there are some: nobody waits long for the one before.
        Act("confirmations", 2 * sign_ups, 1, acts.Confirming(found.app.app_context)),
        Act("one-clicks", ONE_CLICKS * size.times, 1, acts.Leaving(iter(leaving))),
    ]


@contextmanager
def importing(found: World, size: Size) -> Iterator[None]:
    """Bring files while the block lasts."""
    stopping = threading.Event()
    lines, apart = int(LINES_OF_A_FILE * size.times), size.seconds / FILES
    bring = imports.one_after_the_other
    arguments = (found.app.app_context, found.folder, lines, apart, stopping)
    thread = threading.Thread(target=bring, args=arguments)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def told(sample: Sample) -> str:
    """One line of figures."""
    used = ", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sample.memory.items())
    held = ", ".join(f"{name} {number}" for name, number in sample.descriptors.items())
    slowest = percentile(sample.seconds, 0.99) * 1e3 if sample.seconds else 0
    answers = f"{len(sample.seconds)} answers, p99 {slowest:.0f} ms"
    log = "" if sample.wal is None else f"; WAL {sample.wal / 1e6:.1f} MB"
    return f"{sample.at:6.0f} s  {used}; open {held}{log}; {answers}"


def judged(
    taken: Sequence[Sample], size: Size, what: Sequence[Act], visitors: Crowd, letters: int
) -> list[Finding]:
    """Each promise, and whether as much was done as was asked."""
    # Who signed up last has not read the mail yet.
    rates = {act.name: act.rate for act in what} | {"confirmations": SIGN_UPS * size.times}
    work = [Work(act.name, rates[act.name] * size.seconds, visitors.done(act)) for act in what]
    work.append(Work("letters", LETTERS * size.times * size.seconds, letters))
    work.append(Work("files imported", FILES, imports.done()))
    errors = visitors.errors()
    for error in sorted(set(errors)):
        print(f"error: {error}")
    return findings(taken, size.seconds, work, len(errors))


if __name__ == "__main__":
    sys.exit(main())
