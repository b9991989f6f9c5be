"""The articles that letters are made of; those that a program writes are like those typed here."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _
from marshmallow import Schema, ValidationError, fields
from sqlalchemy import select

from mailer.accounts.keys.scopes import Scope
from mailer.api import paging
from mailer.api.fields import Instant, Strict, line, link, parameter, prose
from mailer.api.paging import Asked, Found
from mailer.api.resource import Resource, Says
from mailer.articles import markup, queries, writing
from mailer.articles.models import Article
from mailer.articles.writing import Written
from mailer.clock import now
from mailer.db import db
from mailer.errors import Conflict
from mailer.web.bounds import LARGEST_KEY
from mailer.web.problems import Kind, Problem

bp = Resource("articles", __name__, _("Articles"))

TWICE = Kind(409, "article-exists", _("Un article écrit ici mène déjà à cette adresse"))


class ArticleShown(Schema):
    """An article as its source last told it."""

    id = fields.Integer(required=True)
    source_id = fields.Integer(required=True)
    title = fields.String(required=True)
    summary = fields.String(required=True)
    url = fields.String(required=True)
    published_at = Instant(allow_none=True, required=True)
    first_seen_at = Instant(required=True)
    changed_at = Instant(allow_none=True, required=True)
    vanished_at = Instant(allow_none=True, required=True)


def _leads_to_a_page(url: str) -> None:
    if not markup.page_url(url):
        raise ValidationError("link")


class ArticleTaken(Strict):
    """What an article says, and where it leads."""

    title = line(markup.MAX_TITLE, required=True)
    summary = prose(markup.MAX_SUMMARY, load_default="")
    url = link(markup.MAX_URL, _leads_to_a_page, required=True)
    published_at = Instant(allow_none=True, load_default=None)


class ArticleChanged(ArticleTaken):
    """What of an article changes; what is not sent stays."""


class Filter(Asked):
    """Of one source."""

    source_id = parameter(1, LARGEST_KEY)


def _typed(article_id: int) -> Article:
    db.session.execute(select(Article.id).where(Article.id == article_id).with_for_update())
    return writing.typed(article_id)


def _written(given: dict[str, Any], before: Article | None = None) -> Written:
    """What was sent; what was not stays as it is."""
    names = ("title", "summary", "url", "published_at")
    known: dict[str, Any] = {name: getattr(before, name) for name in names} if before else {}
    said = known | given
    return Written(
        title=markup.line(said["title"]),
        summary=markup.line(said["summary"]),
        url=markup.page_url(said["url"]),
        published_at=said["published_at"],
        alternative=before.image_alt if before else "",
    )


@bp.lists("/articles", Says(_("Tous les articles"), Scope.ARTICLES_READ), ArticleShown, Filter)
def articles(asked: dict[str, Any]) -> Found:
    wanted = select(Article)
    if "source_id" in asked:
        wanted = wanted.where(Article.source_id == asked["source_id"])
    return paging.page(wanted, Article.id, asked)


@bp.shows("/articles/<int:article_id>", Says(_("Un article"), Scope.ARTICLES_READ), ArticleShown)
def article(article_id: int) -> Article:
    return queries.article(article_id)


@bp.creates(
    "/articles", Says(_("Écrire un article"), Scope.ARTICLES_WRITE), ArticleTaken, ArticleShown
)
def write(given: dict[str, Any]) -> Article:
    try:
        return writing.write(_written(given), now(), g.key.actor)
    except Conflict:
        raise Problem(TWICE) from None


@bp.changes(
    "/articles/<int:article_id>",
    Says(_("Récrire un article qui a été écrit ici"), Scope.ARTICLES_WRITE),
    ArticleChanged(partial=True),
    ArticleShown,
    of=_typed,
)
def rewrite(given: dict[str, Any], row: Article) -> Article:
    try:
        writing.rewrite(row.id, _written(given, row), now(), g.key.actor)
    except Conflict:
        raise Problem(TWICE) from None
    return row


@bp.removes(
    "/articles/<int:article_id>",
    Says(_("Retirer un article qui a été écrit ici"), Scope.ARTICLES_WRITE),
    ArticleShown,
    of=_typed,
)
def remove(row: Article) -> None:
    writing.remove(row.id, g.key.actor)
