"""How much came back: by week, by provider, by domain, of one campaign; one statement for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    Subquery,
    case,
    exists,
    func,
    select,
)

from mailer.bounces import tables
from mailer.bounces.fates import Fate
from mailer.bounces.models import ProviderEvent, RefusedRequest
from mailer.db import db
from mailer.delivery.models import Campaign
from mailer.mail.returned import Reason

# How many lines a table of the page has at most: those with the most mails.
LINES = 20


@dataclass(frozen=True)
class Tally:
    """What became of the mails to one domain, provider or of one campaign."""

    name: str
    sent: int
    dead: int
    soft: int
    ours: int
    complaints: int

    @property
    def arrived(self) -> int:
        """Those that were accepted, and did not come back."""
        return self.sent - self.came_back

    @property
    def came_back(self) -> int:
        return self.dead + self.soft + self.ours

    @property
    def rate(self) -> float:
        """The part that came back."""
        return self.came_back / self.sent if self.sent else 0

    @property
    def complaint_rate(self) -> float:
        """Complaints by mail that arrived, as providers count them."""
        return self.complaints / self.arrived if self.arrived else 0


@dataclass(frozen=True)
class Cause:
    """Why mails of a campaign came back: a reason, or the code of a refusal at once."""

    fate: Fate
    reason: Reason | None
    status: str | None
    count: int


def by_campaign(since: datetime) -> Sequence[tuple[datetime, Tally]]:
    """When each campaign since then began, and what became of its mails."""
    mails = tables.mails(Campaign.started_at >= since)
    sums = select(mails.c.campaign_id, *_sums(mails)).group_by(mails.c.campaign_id).subquery()
    found = (
        select(Campaign.started_at, *sums.c)
        .join(sums, sums.c.campaign_id == Campaign.id)
        .order_by(Campaign.started_at)
    )
    return [(at, Tally(str(number), *rest)) for at, number, *rest in db.session.execute(found)]


def by_provider(since: datetime) -> Sequence[Tally]:
    """Those whom most was sent to first; a domain of no large provider is its own."""
    mails = tables.mails(Campaign.started_at >= since)
    return _largest(mails, tables.provider(mails.c.domain))


def by_domain(since: datetime) -> Sequence[Tally]:
    """The same, domain by domain."""
    mails = tables.mails(Campaign.started_at >= since)
    return _largest(mails, mails.c.domain)


def _largest(mails: Subquery, name: SQLColumnExpression[str]) -> Sequence[Tally]:
    # Named within: PostgreSQL does not see that two expressions with parameters are the same one.
    named = select(name.label("name"), mails.c.fate, mails.c.complaint).subquery()
    found = (
        select(named.c.name, *_sums(named))
        .group_by(named.c.name)
        .order_by(func.count().desc(), named.c.name)
        .limit(LINES)
    )
    return [Tally(name, *sums) for name, *sums in db.session.execute(found)]


def _sums(mails: Subquery) -> Sequence[ColumnElement[int]]:
    return [
        func.count().label("sent"),
        *(_number_of(mails, fate) for fate in (Fate.DEAD, Fate.SOFT, Fate.OURS)),
        func.sum(mails.c.complaint).label("complaints"),
    ]


def _number_of(mails: Subquery, fate: Fate) -> ColumnElement[int]:
    return func.sum(case((mails.c.fate == fate.value, 1), else_=0)).label(fate.value)


def of_campaign(campaign_id: int) -> Tally:
    """What became of the mails of that campaign."""
    mails = tables.mails(Campaign.id == campaign_id)
    row = db.session.execute(select(*_sums(mails))).one()
    return Tally(str(campaign_id), *(value or 0 for value in row))


def causes(campaign_id: int) -> Sequence[Cause]:
    """Why its mails came back, the most frequent first."""
    mails = tables.mails(Campaign.id == campaign_id)
    about = (mails.c.fate, mails.c.reason, mails.c.status)
    found = (
        select(*about, func.count())
        .where(mails.c.fate != Fate.ARRIVED.value)
        .group_by(*about)
        .order_by(func.count().desc(), mails.c.fate)
    )
    return [Cause(Fate(fate), *rest) for fate, *rest in db.session.execute(found)]


def refused(since: date) -> Sequence[RefusedRequest]:
    """The requests in the name of a service that were refused, the newest day first."""
    found = select(RefusedRequest).where(RefusedRequest.day >= since)
    ordered = found.order_by(RefusedRequest.day.desc(), RefusedRequest.provider).limit(LINES)
    return db.session.scalars(ordered).all()


def has_any() -> bool:
    """Whether anything ever came back, by any way."""
    return bool(db.session.scalar(select(exists().where(ProviderEvent.id.is_not(None)))))
