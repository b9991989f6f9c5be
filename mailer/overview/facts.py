"""What waits, for each role, in one statement or two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select
from sqlalchemy.orm import joinedload

from mailer.articles.models import Article
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import State as ReturnState
from mailer.db import Base, db
from mailer.delivery import ready
from mailer.delivery.models import Campaign
from mailer.delivery.states import OVER, CampaignState
from mailer.newsletters import queries as newsletters
from mailer.newsletters.digest_models import Digest
from mailer.newsletters.models import Issue
from mailer.newsletters.models import State as IssueState
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import Subscription
from mailer.web.pages import MOST_COUNTED
from mailer.worker.models import JobTurn

Thing = TypeVar("Thing")

# A first page names a few; the rest is one click away.
NAMED = 5
# Whatever the limit of the statement.
ALL = func.count().over()
# What somebody must see to stands before what goes by itself.
BY_NEED = (
    CampaignState.FAILED,
    CampaignState.PAUSED,
    CampaignState.WAITING,
    CampaignState.RUNNING,
    CampaignState.SCHEDULED,
)
# These wait for a colleague, and not for the worker.
UNFINISHED = (Stage.RECEIVED, Stage.READ, Stage.FAILED)


@dataclass(frozen=True)
class Few(Generic[Thing]):
    """The first of some things, and how many there are."""

    named: Sequence[Thing]
    number: int


@dataclass(frozen=True)
class Growth:
    """What a week brought to the lists and took from them, and what waits beside."""

    came: int
    went: int
    imports: int
    quarantine: int


def drafts() -> Sequence[Issue]:
    """The letters that were written at last, templates apart."""
    written = Issue.state == IssueState.DRAFT, Issue.id.not_in(select(Digest.template_id))
    wanted = select(Issue).options(joinedload(Issue.newsletter)).where(*written)
    newest = wanted.order_by(Issue.updated_at.desc(), Issue.id.desc())
    return db.session.scalars(newest.limit(NAMED)).all()


def new_articles() -> int:
    """How many articles came since a letter was last sent."""
    last = select(func.max(Issue.sent_at)).scalar_subquery()
    is_new = or_(last.is_(None), Article.first_seen_at > last)
    return db.session.scalar(select(_counted(Article, is_new))) or 0


def unsent() -> Few[Issue]:
    """The letters that may leave and that no campaign takes, the oldest first."""
    rows, number = _first(ready.letters().order_by(Issue.approved_at, Issue.id))
    return Few([row[0] for row in rows], number)


def asked() -> Few[Issue]:
    """The letters that a colleague asked to approve, the oldest request first."""
    rows, number = _first(newsletters.asked())
    return Few([row[0] for row in rows], number)


def under_way() -> Few[tuple[Campaign, str]]:
    """The campaigns that are not over, each with its subject; what has to be seen to, first."""
    need = case({state: place for place, state in enumerate(BY_NEED)}, value=Campaign.state)
    found = (
        select(Campaign, Issue.subject)
        .join(Issue, Issue.id == Campaign.issue_id)
        .where(Campaign.state.not_in(OVER))
        .order_by(need, Campaign.starts_at, Campaign.id)
    )
    rows, number = _first(found)
    return Few([(row[0], row[1]) for row in rows], number)


def _first(wanted: Select[*tuple[Any, ...]]) -> tuple[Sequence[Row[*tuple[Any, ...]]], int]:
    """The first rows, and how many there are in all, by one statement."""
    rows = db.session.execute(wanted.limit(NAMED).add_columns(ALL)).all()
    return rows, rows[0][-1] if rows else 0


def growth(since: datetime) -> Growth:
    """The lists since then."""
    row = db.session.execute(
        select(
            _counted(Subscription, Subscription.confirmed_at >= since),
            _counted(Subscription, Subscription.ended_at >= since),
            _counted(Import, Import.stage.in_(UNFINISHED)),
            _counted(ReturnedMail, ReturnedMail.state == ReturnState.WAITING),
        )
    ).one()
    return Growth(*row)


def turns() -> dict[str, datetime]:
    """When each job was last begun."""
    return {turn.job: turn.taken_at for turn in db.session.scalars(select(JobTurn))}


def _counted(model: type[Base], which: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(model.__table__.c.id).where(which).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
