"""The short form of `make crash`: workers of their own processes are killed among their mails."""

import pytest
from bench import sinks
from crash import kills, points
from crash.servers import Database

# A few calls each: the first ones belong to the start, the later ones to claims and answers.
CALLS = {fault.name: fault for fault in points.FAULTS}


@pytest.fixture
def database(server):
    """Where each scenario has an empty database; its mails are written down by our sink in C."""
    if sinks.tool("cc") is None:
        pytest.skip("no C compiler: the sink that writes down each mail cannot be made")
    name = "sqlite" if server.__class__.__name__ == "SQLite" else "postgresql"
    return Database(name, lambda place: server.fresh(made(place)))


def made(place):
    place.mkdir(parents=True, exist_ok=True)
    return place


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_workers_lose_nobody_and_double_nobody(database, tmp_path, workers):
    row = kills.kill(tmp_path, database.fresh(tmp_path), 250, 2, workers)
    assert row.faults
    assert row.complaints == ()


def test_a_worker_that_is_told_to_end_leaves_nothing_uncertain(database, tmp_path):
    row = kills.stop(tmp_path, database.fresh(tmp_path), 250, 2, workers=1)
    assert row.faults
    assert row.complaints == ()


@pytest.mark.parametrize(
    "name", ["killed at a write to the network", "EIO from a sync to disk"], ids=["killed", "EIO"]
)
def test_a_fault_at_a_call_leaves_nobody_lost_or_doubled(database, tmp_path, name):
    if points.tracer() is None:
        pytest.skip("strace is missing, or may not trace here: install it for faults at calls")
    if database.name == "postgresql" and not CALLS[name].on_postgresql:
        pytest.skip("PostgreSQL writes in processes of its own: `make crash` kills those")
    row = points.each(tmp_path / "run", database, CALLS[name], people=30, numbers=(4,))
    assert row.complaints == ()
