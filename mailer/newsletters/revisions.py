"""Reading the revisions of a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from mailer.accounts.queries import names_of
from mailer.db import db
from mailer.errors import NotFound
from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Draft
from mailer.newsletters.models import Issue, IssueRevision

# Who saved that lately is taken to be there still.
PRESENT = timedelta(minutes=2)


@dataclass(frozen=True)
class Steps:
    """Whether the letter can go back, and forth again."""

    back: bool
    forth: bool


def newest_first(issue: Issue) -> Sequence[IssueRevision]:
    """All that are kept."""
    return db.session.scalars(
        select(IssueRevision)
        .where(IssueRevision.issue_id == issue.id)
        .order_by(IssueRevision.number.desc())
    ).all()


def revision(issue: Issue, number: int) -> IssueRevision:
    """The revision of that number; raises NotFound."""
    found = find(issue, number)
    if found is None:
        raise NotFound("revision")
    return found


def find(issue: Issue, number: int | None) -> IssueRevision | None:
    """The revision of that number, or None once it is forgotten."""
    return None if number is None else db.session.get(IssueRevision, (issue.id, number))


def next_of(issue: Issue) -> IssueRevision | None:
    """The newest revision that was written upon the one that the letter shows."""
    return db.session.scalar(
        select(IssueRevision)
        .where(IssueRevision.issue_id == issue.id, IssueRevision.follows == issue.stands_at)
        .order_by(IssueRevision.number.desc())
        .limit(1)
    )


def steps(issue: Issue) -> Steps:
    """Where undo and redo lead, if anywhere."""
    shown = find(issue, issue.stands_at)
    back = shown is not None and find(issue, shown.follows) is not None
    return Steps(back, next_of(issue) is not None)


def draft_of(row: Issue | IssueRevision) -> Draft:
    """What an editor may change, as it stands there."""
    return Draft(row.subject, row.preheader, parse(row.blocks))


@dataclass(frozen=True)
class Colleague:
    """Somebody else who writes in the letter, and when they last saved."""

    name: str
    saved_at: datetime


def colleague(issue: Issue, actor: str, at: datetime) -> Colleague | None:
    """Whoever else saved the letter in the last minutes, or None."""
    row = db.session.scalar(
        select(IssueRevision)
        .where(
            IssueRevision.issue_id == issue.id,
            IssueRevision.saved_at > at - PRESENT,
            IssueRevision.actor.not_in(("", actor)),
        )
        .order_by(IssueRevision.saved_at.desc())
        .limit(1)
    )
    name = names_of([row.actor]).get(row.actor) if row else None
    return Colleague(name, row.saved_at) if row and name else None
