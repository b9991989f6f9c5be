"""Letters that were sent, for whoever has no mailbox of ours: by list, by word, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import aliased

from mailer import links
from mailer.articles.searching import wanted
from mailer.db import db
from mailer.errors import NotFound
from mailer.newsletters.models import ApprovedLetter, Issue, Newsletter
from mailer.subscriptions.lists import Archive
from mailer.subscriptions.models import MailingList
from mailer.web.pages import PAGE_ROWS, Page


@dataclass(frozen=True)
class Archived:
    """One letter as the archive lists it."""

    issue_id: int
    slug: str
    series: str
    language: str
    title: str
    summary: str
    text: str
    sent_at: datetime

    @property
    def url(self) -> str:
        """Its one public address, which never changes."""
        return address(self.slug, self.issue_id)


def address(slug: str, issue_id: int) -> str:
    """Where anybody reads the letter, for as long as it is kept."""
    return links.absolute(f"/archives/{slug}/{issue_id}")


def lists() -> Sequence[MailingList]:
    """The lists whose letters anybody may read."""
    found = select(MailingList).where(MailingList.archive != Archive.NONE)
    return db.session.scalars(found.order_by(MailingList.id)).all()


def list_of(slug: str) -> MailingList:
    """The list of that name, if its letters are public; raises NotFound."""
    found = db.session.scalar(select(MailingList).where(MailingList.slug == slug))
    if found is None or found.archive is Archive.NONE:
        raise NotFound("archive")
    return found


def is_indexed(of: MailingList | None) -> bool:
    """Whether search engines may know that page: of one list, or of all when each allows it."""
    shown = [of] if of else lists()
    return bool(shown) and all(each.archive is Archive.INDEXED for each in shown)


def letters(of: MailingList | None, words: str, before: int | None) -> Page[Archived]:
    """Those with all of the words in them; `before` is the key of the page before."""
    found = _sent(of)
    for word in wanted(words):
        found = found.where(ApprovedLetter.searched.contains(word, autoescape=True))
    if before is not None:
        found = found.where(_is_older(before))
    rows = db.session.execute(found.limit(PAGE_ROWS + 1)).all()
    page = [_archived(row) for row in rows]
    following = page[PAGE_ROWS - 1].issue_id if len(page) > PAGE_ROWS else None
    return Page(page[:PAGE_ROWS], following)


def letter(slug: str, issue_id: int) -> tuple[MailingList, ApprovedLetter]:
    """The list and the letter of that address; raises NotFound for one that nobody was sent."""
    of = list_of(slug)
    sent = _sent(of).where(Issue.id == issue_id).with_only_columns(ApprovedLetter)
    found = db.session.scalar(sent)
    if found is None:
        raise NotFound("archived letter")
    return of, found


def address_of(issue: Issue) -> str | None:
    """Where the archive shows the letter; None when it does not."""
    of = issue.newsletter.mailing_list
    is_shown = issue.sent_at is not None and of.archive is not Archive.NONE
    return address(of.slug, issue.id) if is_shown else None


def _sent(of: MailingList | None) -> Select[*tuple[Any, ...]]:
    found = (
        select(
            Issue.id,
            MailingList.slug,
            MailingList.name,
            Issue.language,
            ApprovedLetter.web_title,
            ApprovedLetter.web_summary,
            ApprovedLetter.web_text,
            Issue.sent_at,
        )
        .join(ApprovedLetter, ApprovedLetter.issue_id == Issue.id)
        .join(Newsletter, Newsletter.id == Issue.newsletter_id)
        .join(MailingList, MailingList.id == Newsletter.list_id)
        .where(Issue.sent_at.is_not(None), MailingList.archive != Archive.NONE)
        .order_by(Issue.sent_at.desc(), Issue.id.desc())
    )
    return found.where(MailingList.id == of.id) if of else found


def _is_older(key: int) -> ColumnElement[bool]:
    """By when they left, then by number: two may have left at one instant."""
    last = aliased(Issue)
    sent_at = select(last.sent_at).where(last.id == key).scalar_subquery()
    return or_(Issue.sent_at < sent_at, and_(Issue.sent_at == sent_at, Issue.id < key))


def _archived(row: Row[*tuple[Any, ...]]) -> Archived:
    values: tuple[Any, ...] = tuple(row)
    return Archived(*values)
