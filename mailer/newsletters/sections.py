"""Sections that fill themselves: which articles each takes, and the blocks that it becomes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mailer.articles.changes import key
from mailer.articles.searching import folded
from mailer.newsletters.block_types import Article, Heading, Section
from mailer.newsletters.blocks import Block

# What leaves room for the number of an article in the name of its block.
LONGEST_STEM = 16
# A number that somebody typed by mistake must not lead out of the calendar.
FARTHEST = 3660


@dataclass(frozen=True)
class Candidate:
    """An article that a section may take; `is_sent` when the list has had it in a letter."""

    id: int
    key: str
    source_id: int
    title: str
    summary: str
    at: datetime
    is_sent: bool = False


Picks = Mapping[str, Sequence[Candidate]]


def sections(blocks: Iterable[Block]) -> list[Section]:
    """The sections among the blocks."""
    return [block.props for block in blocks if isinstance(block.props, Section)]


def reach(wanted: Iterable[Section]) -> timedelta:
    """How old an article may be, at most, that one of these sections takes."""
    return timedelta(days=min(max(section.days for section in wanted), FARTHEST))


def picked(blocks: Sequence[Block], candidates: Sequence[Candidate], at: datetime) -> Picks:
    """By the name of each section, the articles that it takes, newest first.

    No article stands twice in a letter: one that a block or a section before has is passed over,
    under whatever number or address it comes again.
    """
    ids, keys = _taken(blocks)
    newest_first = sorted(candidates, key=lambda each: (each.at, each.id), reverse=True)
    found: dict[str, Sequence[Candidate]] = {}
    for block in blocks:
        if not isinstance(block.props, Section):
            continue
        fitting = (each for each in newest_first if _fits(block.props, each, at))
        chosen = _first_of_each(fitting, ids, keys, block.props.newest)
        enough = len(chosen) >= max(block.props.least, 1)
        found[block.id] = chosen if enough else ()
        ids |= {each.id for each in found[block.id]}
        keys |= {each.key for each in found[block.id]}
    return found


def _taken(blocks: Iterable[Block]) -> tuple[set[int], set[str]]:
    articles = [block.props for block in blocks if isinstance(block.props, Article)]
    return {each.article_id for each in articles} - {0}, {key(each.url) for each in articles}


def _fits(section: Section, article: Candidate, at: datetime) -> bool:
    return (
        (not section.sources or article.source_id in section.sources)
        and article.at >= at - reach([section])
        and not (section.unsent and article.is_sent)
        and _speaks_of(section.words, article)
    )


def _speaks_of(words: str, article: Candidate) -> bool:
    """Whether a word of the article begins with one of those; a comma parts whole expressions."""
    apart = re.split(r"[,;]", words) if re.search(r"[,;]", words) else words.split()
    wanted = [" ".join(folded(each).split()) for each in apart if each.strip()]
    if not wanted:
        return True
    said = " ".join(folded(f"{article.title} {article.summary}").split())
    return any(re.search(rf"\b{re.escape(each)}", said) for each in wanted)


def _first_of_each(
    articles: Iterable[Candidate], ids: set[int], keys: set[str], most: int
) -> tuple[Candidate, ...]:
    chosen: dict[str, Candidate] = {}
    for each in articles:
        if len(chosen) == most:
            break
        if each.id not in ids and each.key not in keys:
            chosen.setdefault(each.key, each)
    return tuple(chosen.values())


def unfolded(
    blocks: Iterable[Block], picks: Picks, copy: Callable[[int], Article]
) -> tuple[Block, ...]:
    """The blocks, each section that has picks replaced by its title and its articles."""
    return tuple(each for block in blocks for each in _unfolded(block, picks, copy))


def _unfolded(block: Block, picks: Picks, copy: Callable[[int], Article]) -> Iterator[Block]:
    section = block.props
    if not isinstance(section, Section) or block.id not in picks:
        yield block
        return
    name = block.id[:LONGEST_STEM]
    if section.title and picks[block.id]:
        yield replace(block, id=f"{name}h", props=Heading(section.title))
    for number, each in enumerate(picks[block.id], start=1):
        article = replace(copy(each.id), layout=section.layout)
        yield replace(block, id=f"{name}a{number}", props=_described(article))


def _described(article: Article) -> Article:
    """Nobody is there to say what a picture shows: the title beside it says where it leads."""
    return article if article.alt else replace(article, decorative=True)
