"""The articles of the desk's page: searched, a page at a time."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from mailer.articles.models import Article
from mailer.articles.queries import DATED
from mailer.db import db
from mailer.web.pages import PAGE_ROWS, Page


class State(StrEnum):
    """What may want an editor's eye."""

    UNDESCRIBED = "sans-texte"
    CHANGED = "modifie"
    VANISHED = "disparu"


CONDITIONS: dict[State, ColumnElement[bool]] = {
    State.UNDESCRIBED: (Article.image_url != "") & (Article.image_alt == ""),
    State.CHANGED: Article.changed_at.is_not(None),
    State.VANISHED: Article.vanished_at.is_not(None),
}


@dataclass(frozen=True)
class Search:
    """What is looked for: all of the words, in one source or any, in one state or any."""

    words: tuple[str, ...] = ()
    source_id: int | None = None
    state: State | None = None


def found(search: Search, before: int | None) -> Page[Article]:
    """The articles found, each once, newest first; `before` is the last of the page above."""
    wanted = _matching(search)
    if before is not None:
        last = select(DATED, Article.id).where(Article.id == before).subquery()
        wanted = wanted.where(tuple_(DATED, Article.id) < select(*last.c).scalar_subquery())
    ordered = wanted.order_by(DATED.desc(), Article.id.desc()).limit(PAGE_ROWS + 1)
    rows = db.session.scalars(ordered).all()
    return Page(rows[:PAGE_ROWS], rows[PAGE_ROWS - 1].id if len(rows) > PAGE_ROWS else None)


def _matching(search: Search) -> Select[Article]:
    first = select(func.min(Article.id)).group_by(Article.key)
    wanted = select(Article)
    if search.source_id is not None:
        wanted = wanted.where(Article.source_id == search.source_id)
    else:
        wanted = wanted.where(Article.id.in_(first))
    if search.state is not None:
        wanted = wanted.where(CONDITIONS[search.state])
    for word in search.words:
        wanted = wanted.where(Article.words.contains(word, autoescape=True))
    return wanted
