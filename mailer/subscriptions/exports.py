"""Everybody on the lists as a file, row by row: CSV that is safe to open, or exact JSON."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, func, select

from mailer import sheets
from mailer.addresses import masked
from mailer.audit.operations import record
from mailer.consent.queries import restricted
from mailer.db import db
from mailer.errors import Invalid
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State

ROWS_AT_ONCE = 1000
COLUMNS = ("address", "language", "list", "state", "requested_at", "confirmed_at", "ended_at")
SHORTEST_MOTIVE = 10


class Format(StrEnum):
    """How the file is written."""

    CSV = "csv"
    JSON = "json"


class Shown(StrEnum):
    """How addresses stand in it: their owner's part hidden, or whole."""

    MASKED = "masked"
    WHOLE = "whole"


@dataclass(frozen=True)
class Wanted:
    """Which people, and why; None for every list or every state."""

    motive: str
    list_id: int | None = None
    state: State | None = None
    addresses: Shown = Shown.MASKED


def begin(wanted: Wanted, kind: Format, actor: str) -> int:
    """Note who takes how many away, and why; how many. Raises Invalid without a motive."""
    motive = " ".join(wanted.motive.split())
    if len(motive) < SHORTEST_MOTIVE:
        raise Invalid("motive")
    count = db.session.scalar(select(func.count()).select_from(_rows(wanted).subquery())) or 0
    where = f"list:{wanted.list_id or '*'} state:{wanted.state or '*'}"
    how = f"format:{kind} addresses:{wanted.addresses} rows:{count}"
    record(actor, "export", f"{where} {how} motive:{motive}")
    return count


def lines(wanted: Wanted, kind: Format) -> Iterator[str]:
    """The file, piece by piece; the memory holds a thousand rows at most."""
    return _csv(wanted) if kind == Format.CSV else _json(wanted)


def _csv(wanted: Wanted) -> Iterator[str]:
    yield sheets.MARK + sheets.line(COLUMNS)
    for row in _pages(wanted):
        yield sheets.line("" if cell is None else cell for cell in row)


def _json(wanted: Wanted) -> Iterator[str]:
    opening = "[\n"
    for row in _pages(wanted):
        yield opening + json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False)
        opening = ",\n"
    yield "\n]\n" if opening != "[\n" else "[]\n"


def _pages(wanted: Wanted) -> Iterator[tuple[str | None, ...]]:
    """Every row, read by key a page at a time: no transaction stays open while a file is taken."""
    after, shown = 0, str if wanted.addresses is Shown.WHOLE else masked
    while True:
        page = _rows(wanted).where(Subscription.id > after).limit(ROWS_AT_ONCE)
        rows = db.session.execute(page).all()
        db.session.rollback()
        if not rows:
            return
        for _, address, *rest in rows:
            yield tuple(_written(each) for each in (shown(address), *rest))
        after = rows[-1][0]


def _rows(
    wanted: Wanted,
) -> Select[int, str, str, str, State, datetime, datetime | None, datetime | None]:
    found = (
        select(
            Subscription.id,
            Subscriber.address,
            Subscriber.language,
            MailingList.name,
            Subscription.state,
            Subscription.requested_at,
            Subscription.confirmed_at,
            Subscription.ended_at,
        )
        .join(Subscriber, Subscriber.id == Subscription.subscriber_id)
        .join(MailingList, MailingList.id == Subscription.list_id)
        .where(~restricted(Subscriber.fingerprint))
        .order_by(Subscription.id)
    )
    if wanted.list_id is not None:
        found = found.where(Subscription.list_id == wanted.list_id)
    if wanted.state is not None:
        found = found.where(Subscription.state == wanted.state)
    return found


def _written(cell: object) -> str | None:
    if isinstance(cell, datetime):
        return cell.isoformat()
    return None if cell is None else str(cell)
