"""The editors' pages of articles: what came in, and the words that images lack."""

from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mailer import clock
from mailer.articles import illustrations, listing, queries, words
from mailer.articles.blueprint import bp
from mailer.articles.failures import SENTENCES
from mailer.articles.forms import AlternativeForm
from mailer.articles.listing import Search, State
from mailer.articles.searching import wanted
from mailer.db import transaction
from mailer.web.access import staff
from mailer.web.bounds import row_key

SEARCHED = ("mots", "source", "etat")


@bp.get("/bureau/articles")
@staff("editor")
def recent() -> ResponseReturnValue:
    """The articles, newest first, those searched for alone."""
    before = request.args.get("avant", type=row_key)
    return render_template(
        "articles/recent.html",
        page=listing.found(_search(), before),
        sources=queries.sources(),
        searched=_searched(),
        states=words.STATES,
        sentences=SENTENCES,
    )


def _search() -> Search:
    return Search(
        wanted(request.args.get("mots", "")),
        request.args.get("source", type=row_key),
        request.args.get("etat", type=State),
    )


def _searched() -> dict[str, Any]:
    """What the address searches for, to be kept in the links of the page."""
    return {name: request.args[name] for name in SEARCHED if request.args.get(name)}


@bp.get("/bureau/articles/<int:article_id>/alternative")
@staff("editor")
def alternative(article_id: int) -> ResponseReturnValue:
    """The image, and the text that stands for it."""
    article = queries.article(article_id)
    form = AlternativeForm(data={"alternative": article.image_alt})
    return render_template("articles/alternative.html", form=form, article=article)


@bp.post("/bureau/articles/<int:article_id>/alternative")
@staff("editor")
def describe(article_id: int) -> ResponseReturnValue:
    """Keep the text, through later readings of the source too."""
    form = AlternativeForm()
    if not form.validate():
        article = queries.article(article_id)
        return render_template("articles/alternative.html", form=form, article=article), 422
    with transaction():
        illustrations.describe(article_id, form.alternative.data, clock.now(), g.account.actor)
    return redirect(url_for(".recent", **_searched(), _anchor=f"article-{article_id}"), 303)
