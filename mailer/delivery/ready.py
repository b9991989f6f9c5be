"""The letters that may leave: approved, and that nothing has taken to anybody."""

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from mailer.db import db
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.newsletters.approvals import Act
from mailer.newsletters.models import Issue, LetterEvent, State
from mailer.web.pages import PAGE_ROWS, Page, page_of


def letters() -> Select[Issue]:
    """All of them: not those that another program sent; a cancelled campaign took nothing."""
    taken = exists().where(Campaign.issue_id == Issue.id, Campaign.state != CampaignState.CANCELLED)
    moved = exists().where(LetterEvent.issue_id == Issue.id, LetterEvent.act == Act.MOVED_IN)
    is_left = Issue.state == State.APPROVED, Issue.sent_at.is_(None), ~taken, ~moved
    return select(Issue).options(joinedload(Issue.newsletter)).where(*is_left)


def page(before: int | None) -> Page[Issue]:
    """The newest; `before` is the key of the page above."""
    wanted = letters().order_by(Issue.id.desc())
    if before is not None:
        wanted = wanted.where(Issue.id < before)
    rows = db.session.scalars(wanted.limit(PAGE_ROWS + 1)).all()
    return page_of(rows, [row.id for row in rows])
