"""Anchors: where the chain stood, told each day to a table, to a file and to the officer.

Whoever cuts the end off the chain would have to cut the same end off all three.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import func, select

from mailer import signed
from mailer.canonical import canonical
from mailer.chains import instant
from mailer.clock import paris_day
from mailer.consent import emails, ledger
from mailer.consent.keys import chain_key
from mailer.consent.models import Anchor, ConsentEvent
from mailer.db import db
from mailer.mail import outbox
from mailer.signed import Mark

FILE = "ledger-anchors.jsonl"


@dataclass(frozen=True)
class Witness:
    """An anchor as one of its places has it."""

    mark: Mark
    key_id: str
    signature: str


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
    try:
        lines = path().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [_read(line) for line in lines]


def copy() -> None:
    """Add to the file what the table has since the last line, also after a crash in between."""
    known = in_file()
    last = known[-1].mark.at if known else None
    lines = [_line(one) for one in in_table() if last is None or one.mark.at > last]
    if lines:
        _append("".join(lines))


def _append(text: str) -> None:
    descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)


def _line(one: Witness) -> str:
    told = {**vars(one.mark), "at": instant(one.mark.at)}
    return canonical({**told, "key_id": one.key_id, "signature": one.signature}) + "\n"


def _read(line: str) -> Witness:
    """The anchor of the line; raises ValueError when there is none."""
    try:
        found = json.loads(line)
        at = datetime.fromisoformat(found["at"])
        mark = Mark(at, int(found["seq"]), str(found["head_hash"]), int(found["count"]))
        return Witness(mark, str(found["key_id"]), str(found["signature"]))
    except (KeyError, TypeError) as error:
        raise ValueError(line) from error
