"""The ledger of articles: which was in which letter to which list.

It is written in the transaction that freezes a letter's audience, and at no other time: previews,
tests and letters that never left leave no trace in it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from mailer.articles.changes import key
from mailer.db import db
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import Block, parse
from mailer.newsletters.digest_models import SentArticle
from mailer.newsletters.models import Issue
from mailer.newsletters.readers import may_be_for
from mailer.subscriptions.pausing import Frequency


class Known(NamedTuple):
    """What an article is recognised by: its number, and the digest of its address."""

    id: int
    key: str


def record(issue_id: int, list_id: int, frequencies: Collection[Frequency], at: datetime) -> None:
    """Note as sent to those who want letters that often the articles that the letter shows them."""
    issue = db.session.get_one(Issue, issue_id)
    slug = issue.newsletter.mailing_list.slug
    blocks = parse(issue.blocks)
    for frequency in frequencies:
        told = _once(b for b in blocks if may_be_for(b.when, slug, (frequency,)))
        known = _recorded(issue_id, list_id, frequency)
        db.session.add_all(
            SentArticle(
                issue_id=issue_id,
                list_id=list_id,
                key=each.key,
                frequency=frequency,
                article_id=each.id,
                sent_at=at,
            )
            for each in told
            if each.key not in known
        )
    db.session.flush()


def _recorded(issue_id: int, list_id: int, frequency: Frequency) -> set[str]:
    found = select(SentArticle.key).where(
        SentArticle.issue_id == issue_id,
        SentArticle.list_id == list_id,
        SentArticle.frequency == frequency,
    )
    return set(db.session.scalars(found))


def of_letter(issue_id: int) -> list[Known]:
    """The articles of the letter, each address once."""
    return _once(parse(db.session.get_one(Issue, issue_id).blocks))


def _once(blocks: Iterable[Block]) -> list[Known]:
    return list({each.key: each for each in articles_of(blocks)}.values())


def articles_of(blocks: Iterable[Block]) -> Iterator[Known]:
    """The articles among the blocks."""
    articles = (block.props for block in blocks if isinstance(block.props, Article))
    return (Known(each.article_id, key(each.url)) for each in articles if each.url)


def sent_among(
    articles: Collection[Known], list_id: int, frequencies: Collection[Frequency]
) -> set[int]:
    """The numbers of those that any of these frequencies of the list had in a letter before."""
    found = select(SentArticle.article_id, SentArticle.key).where(
        SentArticle.list_id == list_id,
        SentArticle.frequency.in_(frequencies),
        or_(
            SentArticle.key.in_([each.key for each in articles]),
            SentArticle.article_id.in_([each.id for each in articles]),
        ),
    )
    rows = db.session.execute(found).all()
    ids, keys = {row.article_id for row in rows}, {row.key for row in rows}
    return {each.id for each in articles if each.id in ids or each.key in keys}
