"""A restored backup ends the ledger sooner than it had been anchored: signed, for good, to be seen.

Whoever has no chain key cannot pass off a ledger that was cut for one that was restored.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from mailer import signed
from mailer.chains import Key
from mailer.consent import anchors
from mailer.consent.keys import chain_key
from mailer.consent.models import LedgerRestoration
from mailer.db import db
from mailer.signed import Restoration
from mailer.witnesses import Witness


def anchors_beyond(seq: int) -> Sequence[Witness]:
    """The anchors of the file that stand after that event, the nearest first.

    The file lies beside the database and is not restored with it.
    """
    beyond = [one for one in anchors.in_file() if one.mark.seq > seq]
    return sorted(beyond, key=lambda one: one.mark.seq)


def note(seq: int, head_hash: str, at: datetime) -> None:
    """Sign that the ledger was put back to that event, and how far it had been anchored."""
    beyond = anchors_beyond(seq)
    upto = beyond[-1].mark.seq if beyond else seq
    told, key = Restoration(at, seq, head_hash, upto), chain_key()
    db.session.add(LedgerRestoration(**vars(told), key_id=key.id, signature=signed.sign(told, key)))
    db.session.flush()


def all_signed(keys: Mapping[str, Key]) -> tuple[list[Restoration], bool]:
    """Every restoration that is ours, the oldest first, and whether all of them are."""
    rows = db.session.scalars(select(LedgerRestoration).order_by(LedgerRestoration.id)).all()
    ours = [row for row in rows if signed.is_ours(_told(row), row.key_id, row.signature, keys)]
    return [_told(row) for row in ours], len(ours) == len(rows)


def _told(row: LedgerRestoration) -> Restoration:
    return Restoration(row.at, row.seq, row.head_hash, row.upto)


def without(restored: Sequence[Restoration], some: Sequence[Witness]) -> list[Witness]:
    """The anchors without those of events that a restoration gave up."""
    return [one for one in some if not any(_gives_up(each, one) for each in restored)]


def _gives_up(told: Restoration, anchor: Witness) -> bool:
    return told.seq < anchor.mark.seq <= told.upto and anchor.mark.at <= told.at
