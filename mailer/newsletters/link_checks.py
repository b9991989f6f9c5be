"""Trying the links of letters: which wait to be tried, and what became of each."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from mailer.db import db
from mailer.newsletters import edition
from mailer.newsletters.checks.addresses import fault
from mailer.newsletters.checks.facts import Standing
from mailer.newsletters.checks.reading import links
from mailer.newsletters.checks.rules import Rule
from mailer.newsletters.content import IssueContent
from mailer.newsletters.models import Issue, LinkCheck, State
from mailer.outgoing import Reason

JOB = "try-links"
# An answer older than that is no longer shown, and one older than that is asked for anew.
FRESH_FOR = timedelta(days=1)
SHOWN_FOR = 7 * FRESH_FOR
KEPT_FOR = 4 * SHOWN_FOR
# Whoever writes has not finished an address until the letter rests that long.
REST = timedelta(minutes=2)
# Drafts that nobody has touched since are left alone.
DRAFTED = 3 * FRESH_FOR
# A worker that dies leaves the link to the next one after that.
LEASE = timedelta(minutes=5)
GONE = frozenset({404, 410})
ANSWERED = range(200, 400)
WEB = frozenset({None, Rule.PLAIN_HTTP})


@dataclass(frozen=True)
class Claimed:
    """A link that this worker tries now."""

    digest: str
    url: str


@dataclass(frozen=True)
class Tried:
    """The links of a letter: what became of those tried, how many there are, since when."""

    standings: Mapping[str, Standing]
    count: int
    oldest: datetime | None


def web_links(content: IssueContent) -> list[str]:
    """The addresses of the letter that another server answers, each once."""
    ours = content.base_url.rstrip("/")
    found = dict.fromkeys(link.url for link in links(content))
    return [
        url
        for url in found
        if url.startswith(("http:", "https:"))
        and "{" not in url
        and fault(url, ours) in WEB
        and not f"{url}/".startswith(f"{ours}/")
    ]


def ask(urls: Iterable[str], at: datetime) -> None:
    """Have each tried now, whatever is known of it."""
    for url in urls:
        row = _row(url, at)
        row.asked_at = row.due_at = at


def ask_for_drafts(at: datetime) -> None:
    """Have the links of the letters that are being written tried once a day."""
    wanted = select(Issue).where(
        Issue.state == State.DRAFT,
        Issue.updated_at.between(at - DRAFTED, at - REST),
    )
    for issue in db.session.scalars(wanted):
        for url in web_links(edition.whole(issue)):
            row = _row(url, at)
            if row.due_at is None and (row.tried_at is None or row.tried_at < at - FRESH_FOR):
                row.asked_at = row.due_at = at


def forget(at: datetime) -> None:
    """Drop the links that no letter has asked after for long."""
    db.session.execute(delete(LinkCheck).where(LinkCheck.asked_at < at - KEPT_FOR))


def claim(at: datetime) -> Claimed | None:
    """The link that has waited longest, ours until the lease ends; or None."""
    row = db.session.scalar(
        select(LinkCheck)
        .where(LinkCheck.due_at <= at)
        .order_by(LinkCheck.due_at)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None:
        return None
    row.due_at = at + LEASE
    return Claimed(row.digest, row.url)


def note(claimed: Claimed, standing: Standing, at: datetime) -> None:
    """Remember what became of the link."""
    row = db.session.get(LinkCheck, claimed.digest)
    if row is not None:
        row.standing, row.tried_at, row.due_at = standing, at, None


def of_status(status: int) -> Standing:
    """What a status says: refusals of robots and faults of a server say nothing of the page."""
    if status in GONE:
        return Standing.GONE
    return Standing.REACHED if status in ANSWERED else Standing.SILENT


def of_failure(reason: Reason) -> Standing:
    """What it says when nothing answered."""
    return Standing.UNKNOWN_SITE if reason is Reason.UNKNOWN_HOST else Standing.SILENT


def tried(content: IssueContent, at: datetime) -> Tried:
    """What is known of the links of the letter."""
    urls = {_digest(url): url for url in web_links(content)}
    rows = db.session.scalars(
        select(LinkCheck).where(LinkCheck.digest.in_(urls), LinkCheck.tried_at > at - SHOWN_FOR)
    ).all()
    known = {urls[row.digest]: row.standing for row in rows if row.standing is not None}
    times = [row.tried_at for row in rows if row.tried_at is not None]
    return Tried(known, len(urls), min(times, default=None))


def _row(url: str, at: datetime) -> LinkCheck:
    row = db.session.get(LinkCheck, _digest(url))
    if row is None:
        row = LinkCheck(digest=_digest(url), url=url, asked_at=at)
        db.session.add(row)
    return row


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()
