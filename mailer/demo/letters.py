"""Eight letters: six that were sent, one that is ready to leave, one that is being written."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from mailer.articles.models import Article
from mailer.clock import PARIS, paris_day
from mailer.newsletters import operations
from mailer.newsletters.block_types import Heading, Props, Text
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.newsletters.models import Issue, Newsletter
from mailer.newsletters.snapshots import copied

LETTERS = Path(__file__).with_name("letters.toml")
TUESDAY = 1
LEAVES_AT = time(9, 30, tzinfo=PARIS)
OPENS_A_PART = "## "


@dataclass(frozen=True)
class Letters:
    """What was written: the letters sent, with when, and those to come."""

    sent: tuple[tuple[Issue, datetime], ...]
    approved: Issue
    draft: Issue


def load(series: Newsletter, found: Mapping[str, Article], at: datetime, actor: str) -> Letters:
    """All of them, each written two days before it left, from the articles by slug."""
    written = tomllib.loads(LETTERS.read_text(encoding="utf-8"))
    desk = Desk(series, found, actor)
    sent = []
    for each in written["sent"]:
        left_at = tuesday(at - timedelta(weeks=each["weeks_ago"]))
        sent.append((desk.approve(each, left_at - timedelta(days=2)), left_at))
    approved = desk.approve(written["approved"], at - timedelta(hours=20))
    return Letters(tuple(sent), approved, desk.draft(written["draft"], at - timedelta(hours=3)))


def tuesday(at: datetime) -> datetime:
    """Half past nine in Paris, on the last Tuesday by that day."""
    day = paris_day(at)
    return datetime.combine(day - timedelta(days=(day.weekday() - TUESDAY) % 7), LEAVES_AT)


@dataclass(frozen=True)
class Desk:
    """Where the letters are written, and by whom."""

    series: Newsletter
    articles: Mapping[str, Article]
    actor: str

    def draft(self, written: Mapping[str, Any], at: datetime) -> Issue:
        """A letter that may still change."""
        issue = operations.draft_issue(self.series, [], "fr", at, self.actor)
        blocks = (Block(f"b{n}", props) for n, props in enumerate(self._props(written), start=1))
        draft = Draft(written["subject"], written["preheader"], tuple(blocks))
        operations.save(issue, draft, issue.revision, at, self.actor)
        return issue

    def approve(self, written: Mapping[str, Any], at: datetime) -> Issue:
        """A letter that changes no more."""
        issue = self.draft(written, at)
        operations.approve(issue, issue.revision, self.actor, at)
        return issue

    def _props(self, written: Mapping[str, Any]) -> Iterator[Props]:
        for text in written["texts"]:
            is_title = text.startswith(OPENS_A_PART)
            yield Heading(text.removeprefix(OPENS_A_PART)) if is_title else Text(text)
        for slug in written["articles"]:
            yield copied(self.articles[slug])
