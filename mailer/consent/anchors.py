"""Anchors: where the chain stood, told each day to a table, to a file and to the officer.

Whoever cuts the end off the chain would have to cut the same end off all three.
"""

from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from mailer import signed, witnesses
from mailer.clock import paris_day
from mailer.consent import emails, ledger
from mailer.consent.keys import chain_key
from mailer.consent.models import Anchor, ConsentEvent
from mailer.db import db
from mailer.mail import outbox
from mailer.signed import Mark
from mailer.witnesses import Witness

FILE = "ledger-anchors.jsonl"


def drop(at: datetime) -> Anchor:
    """Note where the chain stands and write it to the officer; `copy` then adds it to the file."""
    head, key = ledger.head(), chain_key()
    count = db.session.scalar(select(func.count(ConsentEvent.id))) or 0
    mark = Mark(at, head.seq, head.hash, count)
    row = Anchor(**vars(mark), key_id=key.id, signature=signed.sign(mark, key))
    db.session.add(row)
    db.session.flush()
    outbox.put(emails.anchored(mark, row.signature), origin=f"anchor:{row.id}")
    return row


def is_due(at: datetime) -> bool:
    """Whether the chain has grown since the last anchor, which is not of the same day."""
    ledger.take_turn()
    last = newest()
    if last is None:
        return ledger.head().seq > 0
    return paris_day(last.at) < paris_day(at) and ledger.head().seq > last.seq


def newest() -> Anchor | None:
    """The last anchor of the table."""
    return db.session.scalars(select(Anchor).order_by(Anchor.id.desc()).limit(1)).first()


def in_table() -> list[Witness]:
    """Every anchor of the table, the oldest first."""
    rows = db.session.scalars(select(Anchor).order_by(Anchor.id))
    return [
        Witness(Mark(row.at, row.seq, row.head_hash, row.count), row.key_id, row.signature)
        for row in rows
    ]


def path() -> Path:
    """Where the file lies, which only its owner reads."""
    return Path(current_app.config["DATA_FOLDER"], FILE)


def in_file() -> list[Witness]:
    """Every anchor of the file, the oldest first; raises ValueError for a line that is none."""
    return witnesses.in_file(path())


def copy() -> None:
    """Add to the file what the table has since the last line, also after a crash in between."""
    witnesses.copy(in_table(), path())
