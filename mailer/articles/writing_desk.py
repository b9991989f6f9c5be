"""The editors' pages of the articles that they type by hand."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from mailer import clock
from mailer.articles import images, writing
from mailer.articles.blueprint import bp
from mailer.articles.failures import PICTURES
from mailer.articles.forms import ArticleForm
from mailer.articles.images import NotAnImageError, Picture
from mailer.articles.models import Article
from mailer.db import transaction
from mailer.errors import Conflict
from mailer.web.access import staff
from mailer.web.bounds import takes_a_file


@bp.get("/bureau/articles/saisie")
@staff("editor")
def new_article() -> ResponseReturnValue:
    return _page(ArticleForm(data={"published_on": clock.paris_day(clock.now())}), None)


@bp.post("/bureau/articles/saisie")
@staff("editor")
@takes_a_file("PICTURE_MAX_MEGABYTES")
def write() -> ResponseReturnValue:
    """Keep a new article."""
    form = ArticleForm()
    return _save(form, None)


@bp.get("/bureau/articles/<int:article_id>/saisie")
@staff("editor")
def edit_article(article_id: int) -> ResponseReturnValue:
    article = writing.typed(article_id)
    return _page(ArticleForm(data=ArticleForm.values(article)), article)


@bp.post("/bureau/articles/<int:article_id>/saisie")
@staff("editor")
@takes_a_file("PICTURE_MAX_MEGABYTES")
def rewrite(article_id: int) -> ResponseReturnValue:
    """Keep what was changed."""
    return _save(ArticleForm(), writing.typed(article_id))


def _save(form: ArticleForm, article: Article | None) -> ResponseReturnValue:
    form.has_picture = bool(article and article.picture)
    if not form.validate():
        return _refused(form, article)
    try:
        article_id = _kept(form, article.id if article else None, _picture(form))
    except NotAnImageError as refused:
        form.picture.errors = [PICTURES[refused.reason]]
        return _refused(form, article)
    except Conflict:
        form.url.errors = [_("Un article saisi mène déjà à cette adresse : modifiez celui-là.")]
        return _refused(form, article)
    flash(_("« %(title)s » est enregistré.", title=form.title.data), "done")
    return redirect(url_for(".recent", _anchor=f"article-{article_id}"), 303)


def _refused(form: ArticleForm, article: Article | None) -> ResponseReturnValue:
    """The page with all that was typed; a browser never fills in a file anew."""
    if form.picture.data and not form.picture.errors:
        form.picture.errors = [_("Choisissez l’image de nouveau : le navigateur ne la garde pas.")]
    return _page(form, article), 422


def _picture(form: ArticleForm) -> Picture | None:
    """The picture that was chosen, drawn anew and kept."""
    return images.kept(form.picture.data.read()) if form.picture.data else None


def _kept(form: ArticleForm, article_id: int | None, picture: Picture | None) -> int:
    written, actor = form.written(picture), g.account.actor
    with transaction():
        if article_id is None:
            return writing.write(written, clock.now(), actor).id
        if form.without_picture.data and picture is None:
            writing.drop_picture(article_id)
        writing.rewrite(article_id, written, clock.now(), actor)
        return article_id


def _page(form: ArticleForm, article: Article | None) -> str:
    return render_template("articles/write.html", form=form, article=article)


@bp.get("/bureau/articles/<int:article_id>/suppression")
@staff("editor")
def check_article_removal(article_id: int) -> ResponseReturnValue:
    article = writing.typed(article_id)
    return render_template("articles/remove_article.html", article=article)


@bp.post("/bureau/articles/<int:article_id>/suppression")
@staff("editor")
def remove_article(article_id: int) -> ResponseReturnValue:
    """Remove an article that was typed."""
    with transaction():
        title = writing.remove(article_id, g.account.actor)
    flash(_("« %(title)s » est retiré.", title=title), "done")
    return redirect(url_for(".recent"), 303)
