"""The register of requests: a line a case, of nobody. No address, no text, no name of staff."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import load_only, selectinload

from mailer.clock import paris_day
from mailer.db import db
from mailer.rights.grounds import Ground
from mailer.rights.kinds import Right
from mailer.rights.models import Channel, RequestLine, RightsRequest
from mailer.rights.proceedings import Extension
from mailer.rights.states import Outcome, State
from mailer.web.pages import PAGE_ROWS, Page

# Enough for a table, and nothing that names the person.
CASE = load_only(
    RightsRequest.reference,
    RightsRequest.channel,
    RightsRequest.received_on,
    RightsRequest.due,
    RightsRequest.state,
    RightsRequest.ended_as,
    RightsRequest.closed_at,
    raiseload=True,
)
LINES = selectinload(RightsRequest.lines).load_only(
    RequestLine.right, RequestLine.outcome, RequestLine.ground, raiseload=True
)
EXTENSION = selectinload(RightsRequest.extension).load_only(Extension.request_id, raiseload=True)


@dataclass(frozen=True)
class Ended:
    """What became of one right."""

    right: Right
    outcome: Outcome | None
    ground: Ground | None


@dataclass(frozen=True)
class Row:
    """One case, as the register tells it."""

    reference: str
    channel: Channel
    received_on: date
    due: date
    is_extended: bool
    state: State
    closed_on: date | None
    lines: tuple[Ended, ...]

    @property
    def days(self) -> int | None:
        """From receipt to the end."""
        return (self.closed_on - self.received_on).days if self.closed_on else None


def page(before: int | None = None) -> Page[Row]:
    """The latest first, beginning before the case of that number."""
    found = select(RightsRequest).options(CASE, LINES, EXTENSION).order_by(RightsRequest.id.desc())
    if before is not None:
        found = found.where(RightsRequest.id < before)
    cases = db.session.scalars(found.limit(PAGE_ROWS + 1)).all()
    more = cases[PAGE_ROWS - 1].id if len(cases) > PAGE_ROWS else None
    return Page([_row(case) for case in cases[:PAGE_ROWS]], more)


def everything() -> Iterator[Row]:
    """Every case, a page at a time: no transaction stays open while a file is taken."""
    before = None
    while True:
        found = page(before)
        db.session.rollback()
        yield from found.rows
        if found.next_key is None:
            return
        before = found.next_key


def _row(case: RightsRequest) -> Row:
    return Row(
        reference=case.reference,
        channel=case.channel,
        received_on=case.received_on,
        due=case.due,
        is_extended=case.extension is not None,
        state=State(case.ended_as or case.state),
        closed_on=paris_day(case.closed_at) if case.closed_at else None,
        lines=tuple(Ended(line.right, line.outcome, line.ground) for line in case.lines),
    )
