"""Where words are still found after a restore: in the rows, and in the bytes under them."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import select

from mailer.db import Base, db


def rows_with(words):
    """The tables of which some row holds those words."""
    return {
        table.name
        for table in Base.metadata.tables.values()
        if any(words in str(tuple(row)) for row in db.session.execute(select(table)))
    }


def bytes_of_the_file():
    """All that the file of an embedded database holds, deleted rows too."""
    db.session.remove()
    db.engine.dispose()
    if db.engine.dialect.name != "sqlite":
        return ""
    path = Path(db.engine.url.database)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.read_bytes().decode("latin-1")
