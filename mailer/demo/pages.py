"""The fictional agency's own site: its articles, their pictures, and the feed that lists them."""

from datetime import datetime

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    send_from_directory,
)
from markupsafe import Markup

from mailer import links
from mailer.clock import now
from mailer.demo import articles
from mailer.demo.day import first_day
from mailer.subscriptions.embedding import snippets
from mailer.subscriptions.queries import all_lists
from mailer.subscriptions.shown import subscription_form
from mailer.web import headers
from mailer.web.access import public

ATOM = "application/atom+xml; charset=utf-8"

bp = Blueprint("demo", __name__, url_prefix="/demo")


@bp.get("/flux.xml")
@public
def feed() -> Response:
    """The articles as a feed."""
    response = make_response(written_feed(first_day() or now()))
    response.content_type = ATOM
    response.add_etag()
    return response


def written_feed(today: datetime) -> str:
    """The feed as it stands when the demo was loaded on that day (RFC 4287)."""
    # Not render_template, which asks for a request: the demo is loaded before the first.
    template = current_app.jinja_env.get_template("demo/feed.xml")
    return template.render(articles=articles.newest_first(), today=today)


@bp.get("/articles/<slug>")
@public
def article(slug: str) -> str:
    """One article."""
    return render_template(
        "demo/article.html", article=articles.named(slug), today=first_day() or now()
    )


@bp.get("/integration")
@public
def embedded() -> Response:
    """An article with the sign-up form at its foot, in each of the three ways."""
    row = all_lists()[0]
    place = snippets.Place(row.slug, links.absolute(""), subscription_form([row]))
    page = make_response(
        render_template(
            "demo/embedded.html",
            article=articles.newest_first()[0],
            today=first_day() or now(),
            form=Markup(snippets.form(place)),  # noqa: S704 - our own, escaped there
            component=Markup(snippets.component(place)),  # noqa: S704 - our own, escaped there
            frame=Markup(snippets.frame(place, row.name)),  # noqa: S704 - our own, escaped there
        )
    )
    page.headers["Content-Security-Policy"] = f"{headers.POLICY}; frame-src 'self'"
    return page


@bp.get("/images/<slug>.jpg")
@public
def picture(slug: str) -> Response:
    """The article's picture."""
    return send_from_directory(articles.PICTURES, f"{articles.named(slug).slug}.jpg")
