"""Seconds of processor: of a process, and of PostgreSQL where it runs on this machine."""

import os
from pathlib import Path

from sqlalchemy import text

from mailer.db import db


def of_process(pid: int) -> float:
    """The time of a process in user and in system mode (proc(5)); 0 for one that is gone."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def of_database() -> float:
    """The time of the processes of PostgreSQL that serve this database; 0 on SQLite.

    What a server does in parallel workers is not in it: they are gone when it is asked for.
    """
    if db.engine.dialect.name != "postgresql":
        return 0
    found = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
    seconds = sum(of_process(pid) for pid in db.session.scalars(found))
    db.session.rollback()
    return seconds
