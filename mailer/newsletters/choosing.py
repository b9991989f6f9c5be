"""Which articles to offer for a letter: the recent ones, or those that hold the words sought."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from mailer.articles import queries as articles
from mailer.articles.dates import without_accents
from mailer.articles.models import Article, Source
from mailer.web.bounds import row_key

SHOWN = 40
# How far back a search looks.
SEARCHED = 400


@dataclass(frozen=True)
class Choice:
    """What the page of articles shows: those that are ticked, in their order, and the others."""

    words: str
    source: int
    ticked: Sequence[Article]
    others: Sequence[Article]
    sources: Sequence[Source]


def choice(form: MultiDict[str, str]) -> Choice:
    """The articles that the form ticked, and those that it seeks."""
    known = articles.recent(SEARCHED)
    words, source = form.get("words", ""), form.get("source", 0, type=row_key)
    ticked = _in_order(form, known)
    found = [each for each in known if each not in ticked and _holds(each, words, source)]
    return Choice(words, source, ticked, found[:SHOWN], articles.sources())


def ticked(form: MultiDict[str, str]) -> list[Article]:
    """The articles that the form ticked, in the order of ticking where the browser told it."""
    return _in_order(form, articles.recent(SEARCHED))


def _in_order(form: MultiDict[str, str], known: Sequence[Article]) -> list[Article]:
    by_id = {article.id: article for article in known}
    order = form.get("order", "").split(",")
    places = {number: place for place, number in enumerate(order)}
    numbers = sorted(form.getlist("article"), key=lambda number: places.get(number, len(order)))
    wanted = [int(number) for number in numbers if number.isdecimal()]
    return [by_id[number] for number in dict.fromkeys(wanted) if number in by_id]


def _holds(article: Article, words: str, source: int) -> bool:
    """Whether every word stands in the article, whatever its accents and capitals."""
    text = _folded(f"{article.title} {article.summary}")
    return source in (0, article.source_id) and all(word in text for word in _folded(words).split())


def _folded(text: str) -> str:
    return without_accents(text).casefold()
