"""What waits, for each role, in one statement or two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from mailer.articles.models import Article
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import State as ReturnState
from mailer.db import Base, db
from mailer.delivery.models import Campaign
from mailer.delivery.states import OVER
from mailer.newsletters.digest_models import Digest
from mailer.newsletters.models import Issue
from mailer.newsletters.models import State as IssueState
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import Subscription
from mailer.web.pages import MOST_COUNTED
from mailer.worker.models import JobTurn

# A first page names a few; the rest is one click away.
NAMED = 5
# These wait for a colleague, and not for the worker.
UNFINISHED = (Stage.RECEIVED, Stage.READ, Stage.FAILED)


@dataclass(frozen=True)
class Growth:
    """What a week brought to the lists and took from them, and what waits beside."""

    came: int
    went: int
    imports: int
    quarantine: int


def drafts() -> Sequence[Issue]:
    """The letters that were written at last, templates apart."""
    wanted = _issues(IssueState.DRAFT).order_by(Issue.updated_at.desc(), Issue.id.desc())
    templates = select(Digest.template_id)
    return db.session.scalars(wanted.where(Issue.id.not_in(templates)).limit(NAMED)).all()


def new_articles() -> int:
    """How many articles came since a letter was last sent."""
    last = select(func.max(Issue.sent_at)).scalar_subquery()
    is_new = or_(last.is_(None), Article.first_seen_at > last)
    return db.session.scalar(select(_counted(Article, is_new))) or 0


def unsent() -> Sequence[Issue]:
    """The letters that were approved and that no campaign has taken, the oldest first."""
    taken = select(Campaign.issue_id)
    wanted = _issues(IssueState.APPROVED).where(Issue.sent_at.is_(None), Issue.id.not_in(taken))
    return db.session.scalars(wanted.order_by(Issue.approved_at).limit(NAMED)).all()


def under_way() -> Sequence[tuple[Campaign, str]]:
    """The campaigns that are not over, with the subject of each."""
    found = (
        select(Campaign, Issue.subject)
        .join(Issue, Issue.id == Campaign.issue_id)
        .where(Campaign.state.not_in(OVER))
        .order_by(Campaign.starts_at)
        .limit(NAMED)
    )
    return [(row[0], row[1]) for row in db.session.execute(found)]


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


def _issues(state: IssueState) -> Select[Issue]:
    return select(Issue).options(joinedload(Issue.newsletter)).where(Issue.state == state)


def _counted(model: type[Base], which: ColumnElement[bool]) -> ColumnElement[int]:
    some = select(model.__table__.c.id).where(which).limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
