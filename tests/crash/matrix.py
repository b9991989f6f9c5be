"""What was promised, what was found, and the table of both."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crash.world import World

from mailer.db import db

HEADS = (
    "Scenario",
    "Database",
    "Workers",
    "Faults",
    "Mails",
    "Lost",
    "Doubled",
    "Uncertain",
    "At most",
    "Verdict",
)
HEAD = f"| {' | '.join(HEADS)} |\n|{'---|' * len(HEADS)}"
ARRIVED = {"sent", "uncertain"}
ENDS = ARRIVED | {"failed", "withheld"}


@dataclass(frozen=True)
class Bound:
    """How many mails may end uncertain, and how many may arrive twice."""

    uncertain: int = 0
    doubled: int = 0


@dataclass(frozen=True)
class Row:
    """One scenario, as the log of the sink and the ledger tell of it."""

    scenario: str
    database: str
    workers: int
    faults: int
    mails: int
    lost: int
    doubled: int
    uncertain: int
    bound: Bound
    complaints: tuple[str, ...]

    @property
    def is_kept(self) -> bool:
        return not self.complaints

    def __str__(self) -> str:
        verdict = "kept" if self.is_kept else f"BROKEN: {', '.join(self.complaints)}"
        at_most = max(self.bound.uncertain, self.bound.doubled)
        cells = (self.scenario, self.database, self.workers, self.faults, f"{self.mails:,}")
        found = (self.lost, self.doubled, self.uncertain, at_most, verdict)
        return f"| {' | '.join(str(cell) for cell in (*cells, *found))} |"


def look(world: World, scenario: str, faults: int, bound: Bound, *said: str, workers=1) -> Row:
    """Compare what arrived with the ledger, person by person; `said` is what else went wrong."""
    states = world.ledger()
    # A whole worker also writes to the officer, once an hour or a day.
    taken = [mail for mail in world.accepted() if mail[0] in states]
    times = Counter(recipient for recipient, _id, _at in taken)
    lost = sum(is_lost(state, times[person]) for person, state in states.items())
    doubled = sum(count - 1 for count in times.values())
    uncertain = sum(state == "uncertain" for state in states.values())
    wrong = {
        "people missing from the ledger": len(states) != world.people,
        "lost": lost,
        "doubled": doubled > bound.doubled,
        "too many uncertain": uncertain > bound.uncertain,
        "has not ended": not world.has_ended(),
        "open states at the end": set(states.values())
        - {"sent", "uncertain", "failed", "withheld"},
        "arrived, yet not said to be": sum(states.get(p) not in ARRIVED for p in times),
        "one mail with two Message-IDs": len({tuple(each[:2]) for each in taken}) != len(times),
        "database not sound": not is_sound(world),
    }
    complaints = (*said, *(words for words, is_so in wrong.items() if is_so))
    database = world.values["DATABASE_URL"].partition(":")[0].partition("+")[0]
    mails = len(states)
    return Row(
        scenario, database, workers, faults, mails, lost, doubled, uncertain, bound, complaints
    )


def merged(scenario: str, rows: Sequence[Row]) -> Row:
    """Many runs in one row; what went wrong names its run."""
    first = rows[0]
    said = tuple(f"{row.scenario}: {', '.join(row.complaints)}" for row in rows if row.complaints)
    return Row(
        scenario,
        first.database,
        first.workers,
        sum(row.faults for row in rows),
        sum(row.mails for row in rows),
        sum(row.lost for row in rows),
        sum(row.doubled for row in rows),
        sum(row.uncertain for row in rows),
        Bound(sum(row.bound.uncertain for row in rows), sum(row.bound.doubled for row in rows)),
        said,
    )


def is_lost(state: str, arrived: int) -> bool:
    """Whether nothing arrived, and the ledger does not say so."""
    return not arrived and state in {"sent", "queued", "leased", "deferred"}


def is_sound(world: World) -> bool:
    """Whether the database finds nothing wrong with itself."""
    db.session.rollback()
    if db.engine.dialect.name != "sqlite":
        return True
    whole = db.session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    orphans = db.session.connection().exec_driver_sql("PRAGMA foreign_key_check").all()
    return whole and not orphans
