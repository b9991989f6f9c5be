"""Reading incidents: one file, the register, how far their letters have come, what waits."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from mailer.breaches.duties import Duty, Standing, is_running, open_duties
from mailer.breaches.kinds import Detector, Risk, Told
from mailer.breaches.models import Breach, Notification, Suspicion, TouchedPerson
from mailer.db import db
from mailer.errors import NotFound
from mailer.web.pages import PAGE_ROWS, Page


class View(StrEnum):
    """The register's views, as its address names them."""

    ALL = "toutes"
    OPEN = "en-cours"
    CLOSED = "closes"


FILTERS = {
    View.ALL: (),
    View.OPEN: (Breach.closed_at.is_(None),),
    View.CLOSED: (Breach.closed_at.is_not(None),),
}


NOTIFIED = selectinload(Breach.notifications)


def by_reference(reference: str) -> Breach:
    """The incident of that reference; raises NotFound."""
    found = db.session.scalar(select(Breach).where(Breach.reference == reference))
    if found is None:
        raise NotFound("breach")
    return found


def held(reference: str) -> Breach:
    """The same, held for this transaction."""
    db.session.execute(select(Breach.id).where(Breach.reference == reference).with_for_update())
    return by_reference(reference)


def counts() -> dict[View, int]:
    """How many incidents each view shows, in one statement."""
    counted = [func.count().filter(*FILTERS[view]) for view in View]
    row = db.session.execute(select(*counted).select_from(Breach)).one()
    return dict(zip(View, row, strict=True))


def page(view: View, after: int | None = None) -> Page[Breach]:
    """The newest first, beginning after the row of that key."""
    found = select(Breach).where(*FILTERS[view]).order_by(Breach.id.desc()).options(NOTIFIED)
    if after is not None:
        found = found.where(Breach.id < after)
    rows = db.session.scalars(found.limit(PAGE_ROWS + 1)).all()
    more = len(rows) > PAGE_ROWS
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if more else None)


def register() -> Sequence[Breach]:
    """Every incident, notified or not, in their order (GDPR art. 33(5))."""
    whole = select(Breach).options(NOTIFIED, selectinload(Breach.letters))
    return db.session.scalars(whole.order_by(Breach.id)).all()


def with_running_clock() -> Sequence[Breach]:
    """The incidents of which the authority waits to be told, held; the oldest first."""
    is_notified = select(Notification.id).where(Notification.breach_id == Breach.id).exists()
    waiting = Breach.closed_at.is_(None) & ~is_notified
    may_be_risky = or_(Breach.risk.is_(None), Breach.risk != Risk.NONE)
    found = select(Breach).where(waiting, may_be_risky).order_by(Breach.aware_at)
    return db.session.scalars(found.with_for_update()).all()


def is_counting(breach: Breach) -> bool:
    """Whether the clock of the incident runs."""
    return is_running(breach.risk, breach.phases, is_closed=breach.closed_at is not None)


def tellings() -> dict[int, Counter[Told]]:
    """How many letters of each incident stand where, counted from the rows."""
    found: dict[int, Counter[Told]] = {}
    columns = (TouchedPerson.breach_id, TouchedPerson.state)
    for breach_id, state, number in db.session.execute(
        select(*columns, func.count()).group_by(*columns)
    ):
        found.setdefault(breach_id, Counter())[state] = number
    return found


def told(breach: Breach) -> Counter[Told]:
    """The same of one incident."""
    state = TouchedPerson.state
    mine = select(state, func.count()).where(TouchedPerson.breach_id == breach.id).group_by(state)
    return Counter(dict(db.session.execute(mine).all()))


def duties(breach: Breach) -> tuple[Duty, ...]:
    """What is still to do for the incident."""
    return open_duties(_standing(breach, told(breach)))


def _standing(breach: Breach, letters: Counter[Told]) -> Standing:
    described = (breach.natures, breach.data, breach.people, breach.circumstances)
    effects = (breach.consequences, breach.measures_taken or breach.measures_planned)
    all_left = letters.total() > 0 and not letters[Told.WAITING]
    return Standing(
        is_described=all((*described, *effects)),
        risk=breach.risk,
        is_risk_explained=bool(breach.risk_reason),
        phases=breach.phases,
        is_told=breach.exemption is not None or all_left,
    )


def suspicions() -> Sequence[Suspicion]:
    """What nobody has decided about, the newest first."""
    waiting = select(Suspicion).where(Suspicion.decided_at.is_(None))
    return db.session.scalars(waiting.order_by(Suspicion.id.desc())).all()


def suspicion(number: int) -> Suspicion:
    """The suspicion of that number that waits for a decision, held; raises NotFound."""
    waiting = select(Suspicion).where(Suspicion.id == number, Suspicion.decided_at.is_(None))
    found = db.session.scalar(waiting.with_for_update())
    if found is None:
        raise NotFound("suspicion")
    return found


def last_seen(detector: Detector) -> datetime | None:
    """When the detector last proposed something."""
    return db.session.scalar(
        select(func.max(Suspicion.seen_at)).where(Suspicion.detector == detector)
    )
