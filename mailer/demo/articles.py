"""The twelve articles of the fictional agency, one TOML file each."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path

from mailer.clock import PARIS, paris_day
from mailer.errors import NotFound

FOLDER = Path(__file__).parent / "articles"
PICTURES = Path(__file__).parent / "pictures"
PUBLISHED_AT = time(9, 0, tzinfo=PARIS)


@dataclass(frozen=True)
class DemoArticle:
    """One article; its picture bears the same slug."""

    slug: str
    days_ago: int
    title: str
    standfirst: str
    picture_alt: str
    paragraphs: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where it stands on the site of the demo."""
        return f"/demo/articles/{self.slug}"

    @property
    def picture_path(self) -> str:
        return f"/demo/images/{self.slug}.jpg"

    def published_at(self, today: datetime) -> datetime:
        """Nine in the morning in Paris, so many days before."""
        day = paris_day(today) - timedelta(days=self.days_ago)
        return datetime.combine(day, PUBLISHED_AT).astimezone(UTC)


@cache
def newest_first() -> tuple[DemoArticle, ...]:
    """All of them."""
    found = (read(path) for path in FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda article: article.days_ago))


def named(slug: str) -> DemoArticle:
    """The article of that slug; NotFound when there is none."""
    for article in newest_first():
        if article.slug == slug:
            return article
    raise NotFound("article")


def read(path: Path) -> DemoArticle:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    paragraphs = tuple(written.pop("paragraphs"))
    return DemoArticle(slug=path.stem, paragraphs=paragraphs, **written)
