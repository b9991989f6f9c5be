"""The letters that may leave: approved, and that nothing has taken to anybody."""

from sqlalchemy import Select, exists

from mailer.db import db
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.newsletters import queries as newsletters
from mailer.newsletters.models import Issue
from mailer.web.pages import PAGE_ROWS, Page, page_of


def letters() -> Select[Issue]:
    """All of them; a cancelled campaign took nothing."""
    taken = exists().where(Campaign.issue_id == Issue.id, Campaign.state != CampaignState.CANCELLED)
    return newsletters.approved().where(Issue.sent_at.is_(None), ~taken)


def page(before: int | None) -> Page[Issue]:
    """The newest; `before` is the key of the page above."""
    wanted = letters().order_by(Issue.id.desc())
    if before is not None:
        wanted = wanted.where(Issue.id < before)
    rows = db.session.scalars(wanted.limit(PAGE_ROWS + 1)).all()
    return page_of(rows, [row.id for row in rows])
