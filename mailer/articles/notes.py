"""What was read of each entry and what is missing, for whoever tries a feed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailer.articles.changes import key
from mailer.articles.data import ArticleData, Gap, Note


@dataclass(frozen=True)
class Told:
    """An entry, whether it would be kept, and what it lacks."""

    entry: ArticleData
    is_kept: bool
    notes: tuple[Note, ...]


def told(entries: Iterable[ArticleData]) -> list[Told]:
    """Every entry in its order; one without a link, or said twice, is not kept."""
    first: dict[str, ArticleData] = {}
    found = []
    for entry in entries:
        same = first.setdefault(key(entry.url), entry) if entry.url else entry
        if same is entry:
            found.append(Told(entry, bool(entry.url), tuple(of(entry))))
        else:
            found.append(Told(entry, is_kept=False, notes=(Note(Gap.JOINED, same.title),)))
    return found


def of(entry: ArticleData) -> Iterator[Note]:
    """What the entry lacks, and what the source wrote in its place."""
    given = entry.given
    if not entry.url:
        yield Note(Gap.BAD_LINK, given.link) if given.link else Note(Gap.NO_LINK)
    if not entry.title:
        yield Note(Gap.NO_TITLE)
    if entry.published_at is None:
        yield Note(Gap.BAD_DATE, given.date) if given.date else Note(Gap.NO_DATE)
    if not entry.summary:
        yield Note(Gap.NO_SUMMARY)
    if not entry.image_url:
        yield Note(Gap.BAD_IMAGE, given.image) if given.image else Note(Gap.NO_IMAGE)
    elif not entry.image_alt:
        yield Note(Gap.NO_ALTERNATIVE)
