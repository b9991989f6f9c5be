"""The periods before elections, in which a public body reads a letter twice before it leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mailer.audit import operations as audit
from mailer.db import db
from mailer.delivery.models import ElectionPeriod
from mailer.errors import NotFound


@dataclass(frozen=True)
class PeriodData:
    """A period as the administrator gives it; both days are in it."""

    name: str
    first_day: date
    last_day: date


def periods() -> Sequence[ElectionPeriod]:
    """All periods, the latest first."""
    found = select(ElectionPeriod).order_by(ElectionPeriod.first_day.desc(), ElectionPeriod.id)
    return db.session.scalars(found).all()


def period(period_id: int) -> ElectionPeriod:
    """The period of that number; raises NotFound."""
    found = db.session.get(ElectionPeriod, period_id)
    if found is None:
        raise NotFound("election period")
    return found


def on(day: date) -> Sequence[ElectionPeriod]:
    """Those that the day lies in, by the clock of Paris."""
    found = select(ElectionPeriod).where(
        ElectionPeriod.first_day <= day, ElectionPeriod.last_day >= day
    )
    return db.session.scalars(found.order_by(ElectionPeriod.first_day, ElectionPeriod.id)).all()


def add(data: PeriodData, actor: str) -> ElectionPeriod:
    """Ask for a second look at what leaves in that period."""
    made = ElectionPeriod(**vars(data))
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "create", f"election:{made.id}")
    return made


def remove(period_id: int, actor: str) -> None:
    """Ask for it no more; raises NotFound."""
    db.session.delete(period(period_id))
    audit.record(actor, "remove", f"election:{period_id}")
