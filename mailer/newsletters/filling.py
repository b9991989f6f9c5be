"""Filling the sections of a letter with the articles that there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, type_coerce

from mailer.articles.models import Article as Source
from mailer.articles.queries import DATED
from mailer.clock import now, paris_day
from mailer.db import UTCDateTime, db
from mailer.newsletters import sections, sent_articles
from mailer.newsletters.block_types import Article, Section
from mailer.newsletters.blocks import Block, parse
from mailer.newsletters.models import Issue
from mailer.newsletters.sections import Candidate, Picks
from mailer.newsletters.sent_articles import Known
from mailer.newsletters.snapshots import copied, linked
from mailer.subscriptions.pausing import Frequency

# Far more than a letter holds: what the rules look at stays in memory.
MOST_CANDIDATES = 500


@dataclass(frozen=True)
class News:
    """What is new: to these frequencies of the list, since that day, and not about to leave."""

    list_id: int
    frequencies: tuple[Frequency, ...] = tuple(Frequency)
    since: date = date.min
    on_its_way: frozenset[str] = frozenset()


def anything_new(issue: Issue) -> News:
    """What is new to the list of the letter, whoever of it got what."""
    return News(issue.newsletter.list_id)


def drawn(issue: Issue) -> tuple[Block, ...]:
    """The letter's blocks with its sections filled as of now."""
    blocks = parse(issue.blocks)
    if not sections.sections(blocks):
        return blocks
    return filled(blocks, picks(blocks, anything_new(issue), now()))


def frozen(blocks: tuple[Block, ...], name: str, news: News, at: datetime) -> tuple[Block, ...]:
    """The blocks, of which only that section is filled; an empty one stays a section."""
    taken = picks(blocks, news, at).get(name)
    return filled(blocks, {name: taken}) if taken else blocks


def picks(blocks: Sequence[Block], news: News, at: datetime) -> Picks:
    """What each section takes of what is new."""
    return sections.picked(blocks, _candidates(sections.sections(blocks), news, at), at)


def filled(blocks: Iterable[Block], taken: Picks) -> tuple[Block, ...]:
    """The blocks with copies of these articles in the place of their sections."""
    copies = _copies([each.id for chosen in taken.values() for each in chosen])
    return sections.unfolded(blocks, taken, copies.__getitem__)


def _copies(numbers: Sequence[int]) -> dict[int, Article]:
    found = db.session.scalars(select(Source).where(Source.id.in_(numbers)))
    return {article.id: copied(article) for article in found}


def _candidates(wanted: Sequence[Section], news: News, at: datetime) -> list[Candidate]:
    if not wanted:
        return []
    columns = (
        Source.id,
        Source.key,
        Source.source_id,
        Source.title,
        Source.summary,
        Source.url,
        type_coerce(DATED, UTCDateTime).label("at"),
    )
    oldest = at - sections.reach(wanted)
    found = select(*columns).where(oldest <= DATED, Source.vanished_at.is_(None))
    if all(section.sources for section in wanted):
        found = found.where(
            Source.source_id.in_({number for section in wanted for number in section.sources})
        )
    newest = found.order_by(DATED.desc(), Source.id.desc()).limit(MOST_CANDIDATES)
    rows = db.session.execute(newest)
    articles = [row for row in rows if linked(row.url) and paris_day(row.at) >= news.since]
    known = [Known(row.id, row.key) for row in articles]
    sent = sent_articles.sent_among(known, news.list_id, news.frequencies)
    return [
        Candidate(
            row.id,
            row.key,
            row.source_id,
            row.title,
            row.summary,
            row.at,
            is_sent=row.id in sent or row.key in news.on_its_way,
        )
        for row in articles
    ]
