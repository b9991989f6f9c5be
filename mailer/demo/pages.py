"""The fictional agency's own site: its articles, their pictures, and the feed that lists them."""

from flask import Blueprint, Response, make_response, render_template, send_from_directory

from mailer.clock import now
from mailer.demo import articles
from mailer.demo.day import first_day
from mailer.web.access import public

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.get("/flux.xml")
@public
def feed() -> Response:
    """The articles as an Atom feed (RFC 4287)."""
    page = render_template(
        "demo/feed.xml", articles=articles.newest_first(), today=first_day() or now()
    )
    response = make_response(page)
    response.content_type = "application/atom+xml; charset=utf-8"
    response.add_etag()
    return response


@bp.get("/articles/<slug>")
@public
def article(slug: str) -> str:
    """One article."""
    return render_template(
        "demo/article.html", article=articles.named(slug), today=first_day() or now()
    )


@bp.get("/images/<slug>.jpg")
@public
def picture(slug: str) -> Response:
    """The article's picture."""
    return send_from_directory(articles.PICTURES, f"{articles.named(slug).slug}.jpg")
