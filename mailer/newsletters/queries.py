"""Reading letters."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, select, true, union
from sqlalchemy.orm import aliased, joinedload

from mailer import links, tokens
from mailer.articles.models import Article
from mailer.db import db
from mailer.errors import NotFound
from mailer.newsletters.approvals import Act
from mailer.newsletters.content import Rendered
from mailer.newsletters.digest_models import Digest, SentArticle
from mailer.newsletters.models import ApprovedLetter, Issue, LetterEvent, Newsletter, State
from mailer.subscriptions.pausing import Frequency
from mailer.web.pages import PAGE_ROWS, Page, page_of

# Of how many articles, the newest, it is said which letter they were in.
REMEMBERED_ARTICLES = 200


def issue(issue_id: int) -> Issue:
    """The letter; raises NotFound, for one in the trash too."""
    found = issue_anywhere(issue_id)
    if found.trashed_at:
        raise NotFound("issue")
    return found


def issue_anywhere(issue_id: int) -> Issue:
    """The letter, in the trash or not: what was planned keeps its name; raises NotFound."""
    found = db.session.get(Issue, issue_id, options=[joinedload(Issue.newsletter)])
    if found is None:
        raise NotFound("issue")
    return found


def locked(issue_id: int) -> Issue:
    """The letter, which nobody else changes until the transaction ends; raises NotFound."""
    found = locked_anywhere(issue_id)
    if found.trashed_at:
        raise NotFound("issue")
    return found


def locked_anywhere(issue_id: int) -> Issue:
    """The same, in the trash or not."""
    held = select(Issue).where(Issue.id == issue_id).with_for_update()
    found = db.session.scalar(held.execution_options(populate_existing=True))
    if found is None:
        raise NotFound("issue")
    return found


def issues(before: int | None = None) -> Page[Issue]:
    """Letters, newest first, but for templates; `before` is the key of the page before."""
    wanted = select(Issue).options(joinedload(Issue.newsletter)).order_by(Issue.id.desc())
    wanted = wanted.where(Issue.id.not_in(select(Digest.template_id)), Issue.trashed_at.is_(None))
    if before is not None:
        wanted = wanted.where(Issue.id < before)
    rows = db.session.scalars(wanted.limit(PAGE_ROWS + 1)).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def trashed(since: datetime) -> Sequence[Issue]:
    """The drafts that were put into the trash since then, the last one first."""
    wanted = select(Issue).where(Issue.trashed_at > since).order_by(Issue.trashed_at.desc())
    return db.session.scalars(wanted.options(joinedload(Issue.newsletter))).all()


def approved() -> Select[Issue]:
    """The letters that were approved here: not those that another program sent."""
    moved = exists().where(LetterEvent.issue_id == Issue.id, LetterEvent.act == Act.MOVED_IN)
    wanted = select(Issue).where(Issue.state == State.APPROVED, ~moved)
    return wanted.options(joinedload(Issue.newsletter))


def asked() -> Select[Issue, LetterEvent]:
    """The letters whose last event is a request for approval, the oldest request first."""
    last = (
        select(func.max(LetterEvent.id))
        .where(LetterEvent.issue_id == Issue.id)
        .correlate(Issue)
        .scalar_subquery()
    )
    wanted = select(Issue, LetterEvent).join(LetterEvent, LetterEvent.id == last)
    is_asked = wanted.where(LetterEvent.act == Act.ASKED, Issue.trashed_at.is_(None))
    return is_asked.order_by(LetterEvent.id).options(joinedload(Issue.newsletter))


def asked_page(after: int | None) -> Page[tuple[Issue, LetterEvent]]:
    """A page of them; `after` is the key of the page above."""
    wanted = asked()
    if after is not None:
        wanted = wanted.where(LetterEvent.id > after)
    found = db.session.execute(wanted.limit(PAGE_ROWS + 1))
    rows = [(row[0], row[1]) for row in found]
    return page_of(rows, [event.id for _issue, event in rows])


def subjects(issue_ids: Iterable[int]) -> dict[int, str]:
    """The subject of each letter, whatever has become of it since it was planned."""
    wanted = select(Issue.id, Issue.subject).where(Issue.id.in_(set(issue_ids)))
    return {row.id: row.subject for row in db.session.execute(wanted)}


def is_template(issue_id: int) -> bool:
    """Whether automatic letters are made from it: it is never sent itself."""
    return bool(db.session.scalar(select(exists().where(Digest.template_id == issue_id))))


def newsletter_of(list_id: int) -> Newsletter | None:
    """The series that the list receives."""
    return db.session.scalar(select(Newsletter).where(Newsletter.list_id == list_id))


def letter(issue_id: int) -> ApprovedLetter:
    """What was drawn at approval; raises NotFound for a draft."""
    found = db.session.get(ApprovedLetter, issue_id)
    if found is None:
        raise NotFound("approved letter")
    return found


def versions(issue_id: int) -> dict[tuple[str, Frequency], Rendered]:
    """The letter for those, by language and frequency, who are shown other blocks than most."""
    approved = letter(issue_id)
    return {
        (each.language, each.frequency): Rendered(approved.subject, each.html, each.text)
        for each in approved.versions
    }


def letter_of(token: str) -> ApprovedLetter:
    """The letter that the public link names; raises Invalid or NotFound."""
    return letter(tokens.WEB_VERSION.read_id(token))


def web_url(issue_id: int) -> str:
    """The public address of the letter, the same for everyone: the merge field `web_url`."""
    return links.web_version(tokens.WEB_VERSION.sign(issue_id))


def articles_sent() -> dict[int, str]:
    """For each recent article that was sent, the subject of the newest letter that it was in."""
    return _articles_sent(true())


def articles_sent_by(newsletter_id: int) -> dict[int, str]:
    """The same for the letters of one series: what its list has already received."""
    return _articles_sent(Issue.newsletter_id == newsletter_id)


def _articles_sent(which: ColumnElement[bool]) -> dict[int, str]:
    newest = select(Article.id).order_by(Article.first_seen_at.desc()).limit(REMEMBERED_ARTICLES)
    known = aliased(Article)
    same = (SentArticle.article_id == known.id, SentArticle.key == known.key)
    told = union(
        *(
            select(known.id, Issue.subject, SentArticle.sent_at, SentArticle.issue_id)
            .join(SentArticle, each)
            .join(Issue, Issue.id == SentArticle.issue_id)
            .where(known.id.in_(newest), which)
            for each in same
        )
    ).subquery()
    columns = told.c
    rows = db.session.execute(
        select(columns.id, columns.subject).order_by(columns.sent_at, columns.issue_id)
    )
    return {row.id: row.subject for row in rows}
