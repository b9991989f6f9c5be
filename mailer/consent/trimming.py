"""Events that have outlived their time go; a signed gap says which, and the chain goes on."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, insert, select

from mailer import signed
from mailer.consent import ledger
from mailer.consent.keys import chain_key
from mailer.consent.models import ConsentEvent, LedgerGap, SubjectKey
from mailer.db import db
from mailer.signed import Gap, joined

ROWS_AT_ONCE = 1000


def trim(over: ColumnElement[bool], at: datetime) -> int:
    """Let those events go, and the keys that open nothing any more; how many went."""
    ledger.take_turn()
    runs = list(_runs(over, at))
    for run in runs:
        _account_for(run)
        theirs = ConsentEvent.id.between(run.first_id, run.last_id)
        db.session.execute(delete(ConsentEvent).where(theirs))
    if runs:
        left = exists().where(ConsentEvent.fingerprint == SubjectKey.fingerprint)
        db.session.execute(delete(SubjectKey).where(~left))
    return sum(run.last_id - run.first_id + 1 for run in runs)


def gap_at(seq: int) -> LedgerGap | None:
    """The gap in which the event of that number was, if it has gone."""
    return db.session.scalars(
        select(LedgerGap)
        .where(LedgerGap.first_id <= seq, LedgerGap.last_id >= seq)
        .execution_options(populate_existing=True)
    ).first()


def _runs(over: ColumnElement[bool], at: datetime) -> Iterator[Gap]:
    """The events without interruption, as the gaps that they will leave."""
    found = db.session.execute(
        select(ConsentEvent.id, ConsentEvent.prev_hash, ConsentEvent.hash)
        .where(over)
        .order_by(ConsentEvent.id)
        .execution_options(yield_per=ROWS_AT_ONCE)
    )
    yield from _merged(Gap(seq, seq, before, own, at) for seq, before, own in found)


def _merged(gaps: Iterable[Gap]) -> Iterator[Gap]:
    whole: Gap | None = None
    for gap in gaps:
        if whole and whole.last_id + 1 == gap.first_id:
            whole = joined(whole, gap)
            continue
        if whole:
            yield whole
        whole = gap
    if whole:
        yield whole


def _account_for(run: Gap) -> None:
    """Sign for the gap, as one with those that it touches."""
    whole, key = run, chain_key()
    for touching in (gap_at(run.first_id - 1), gap_at(run.last_id + 1)):
        if touching:
            other = told(touching)
            is_before = other.last_id < run.first_id
            whole = joined(other, whole) if is_before else joined(whole, replace(other, at=run.at))
            db.session.execute(delete(LedgerGap).where(LedgerGap.first_id == other.first_id))
    signature = signed.sign(whole, key)
    values = {**vars(whole), "key_id": key.id, "signature": signature}
    db.session.execute(insert(LedgerGap), values)


def told(row: LedgerGap) -> Gap:
    """What a stored gap says, whether or not it is signed."""
    return Gap(row.first_id, row.last_id, row.prev_hash, row.last_hash, row.at)
