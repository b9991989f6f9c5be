"""Where the chain of the record stood each day: in a table, and in a file beside the database."""

from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from mailer import signed, witnesses
from mailer.audit import sealing
from mailer.audit.keys import chain_key
from mailer.audit.models import Anchor, Link
from mailer.clock import paris_day
from mailer.db import db
from mailer.signed import Mark
from mailer.witnesses import Witness

FILE = "audit-anchors.jsonl"


def drop(at: datetime) -> None:
    """Note where the chain stands, when it has grown since the day before; `copy` does the rest."""
    sealing.take_turn()
    head, key = sealing.head(), chain_key()
    last = db.session.scalars(select(Anchor).order_by(Anchor.id.desc()).limit(1)).first()
    if head.seq <= (last.seq if last else 0) or (last and paris_day(last.at) >= paris_day(at)):
        return
    count = db.session.scalar(select(func.count(Link.seq))) or 0
    mark = Mark(at, head.seq, head.hash, count)
    db.session.add(Anchor(**vars(mark), key_id=key.id, signature=signed.sign(mark, key)))


def copy() -> None:
    """Add to the file what the table has since the last line, also after a crash in between."""
    witnesses.copy(in_table(), path())


def in_table() -> list[Witness]:
    """Every anchor of the table, the oldest first."""
    rows = db.session.scalars(select(Anchor).order_by(Anchor.id))
    return [
        Witness(Mark(row.at, row.seq, row.head_hash, row.count), row.key_id, row.signature)
        for row in rows
    ]


def in_file() -> list[Witness]:
    """Every anchor of the file, the oldest first; raises ValueError for a line that is none."""
    return witnesses.in_file(path())


def path() -> Path:
    """Where the file lies, which only its owner reads."""
    return Path(current_app.config["DATA_FOLDER"], FILE)
