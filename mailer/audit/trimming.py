"""Entries that have outlived their time go; a signed row says up to where, with which hash."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select

from mailer import signed
from mailer.audit import sealing
from mailer.audit.keys import chain_key
from mailer.audit.models import Cut, Entry, Link
from mailer.db import db
from mailer.signed import Mark


def trim(over: ColumnElement[bool], at: datetime) -> int:
    """Let the beginning of the chain go as far as all of it is over; how many entries went.

    What waits for its link is given it first.
    """
    while sealing.seal():
        continue
    last = _last_over(over)
    if last is None:
        return 0
    below = select(Link.entry_id).where(Link.seq <= last.seq)
    number = db.session.scalar(select(func.count()).select_from(below.subquery())) or 0
    mark = Mark(at, last.seq, last.hash, number)
    key = chain_key()
    told = {**vars(mark), "key_id": key.id, "signature": signed.sign(mark, key)}
    db.session.execute(insert(Cut), told)
    db.session.execute(delete(Entry).where(Entry.id.in_(below)))
    db.session.execute(delete(Cut).where(Cut.seq < last.seq))
    return mark.count


def _last_over(over: ColumnElement[bool]) -> Link | None:
    linked = select(Link).join(Entry, Link.entry_id == Entry.id)
    stays = db.session.scalar(
        select(Link.seq)
        .join(Entry, Link.entry_id == Entry.id)
        .where(~over)
        .order_by(Link.seq)
        .limit(1)
    )
    if stays is not None:
        linked = linked.where(Link.seq < stays)
    return db.session.scalars(linked.order_by(Link.seq.desc()).limit(1)).first()
