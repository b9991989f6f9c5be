"""Entries get their link: a job, alone, in the order in which they came, some at a time.

Who writes an entry waits for nobody: the price is that until the job comes, a minute later, an
entry could be changed by whoever gets past the triggers (docs/audit.md).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, exists, insert, select

from mailer import chains
from mailer.audit import chain
from mailer.audit.keys import chain_key
from mailer.audit.models import Cut, Entry, Link, table_of
from mailer.chains import Head
from mailer.db import be_alone, db

ROWS_AT_ONCE = 1000
# Longer than any transaction lasts: what was begun before the last linked entry has come by then.
LATEST = timedelta(days=1)
# Whoever links, cuts or anchors is alone in it (PostgreSQL; on SQLite any writer is).
TURN = 0x6175646974


def take_turn() -> None:
    """Be the only one at the chain, until this transaction ends."""
    be_alone(TURN)


def head() -> Head:
    """Where the chain stands; a purge of its last links leaves it where it was."""
    last = select(Link.seq, Link.hash).order_by(Link.seq.desc()).limit(1)
    gone = select(Cut.seq, Cut.head_hash).order_by(Cut.seq.desc()).limit(1)
    found = [Head(*row) for one in (last, gone) if (row := db.session.execute(one).first())]
    return max(found, key=lambda one: one.seq, default=chains.START)


def seal() -> int:
    """Link some of the entries that wait; how many."""
    take_turn()
    some = _waiting()
    links = list(_links(some))
    if links:
        db.session.execute(insert(Link), links)
    return len(links)


def unlinked() -> ColumnElement[bool]:
    """Whether an entry has no place in the chain."""
    return ~exists().where(Link.entry_id == Entry.id)


def settled() -> datetime | None:
    """The time before which every entry has its link, when any has."""
    last = select(Entry.at).join(Link, Link.entry_id == Entry.id).order_by(Link.seq.desc()).limit(1)
    at = db.session.scalar(last)
    return at - LATEST if at else None


def _waiting() -> Sequence[RowMapping]:
    columns = [table_of(Entry).c[name] for name in chain.COVERED]
    found = select(*columns).where(unlinked()).order_by(Entry.id).limit(ROWS_AT_ONCE)
    if since := settled():
        found = found.where(Entry.at > since)
    return db.session.execute(found).mappings().all()


def _links(some: Sequence[RowMapping]) -> Iterator[dict[str, object]]:
    last, key = head(), chain_key()
    for entry in some:
        last = chain.linked(dict(entry), last, key)
        yield {"seq": last.seq, "entry_id": entry["id"], "hash": last.hash, "key_id": key.id}
