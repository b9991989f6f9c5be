"""The web version of a letter, for anybody who has its address."""

from flask import Response

from mailer.newsletters import queries
from mailer.newsletters.blueprint import bp
from mailer.web.access import public


def letter_page(html: str, framed_by: str) -> Response:
    """A letter as a page of its own: it may style itself, and nothing else."""
    page = Response(html)
    page.headers["Content-Security-Policy"] = "; ".join((
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "img-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {framed_by}",
    ))  # fmt: skip
    return page


@bp.get("/lettres/<token>")
@public
def web_version(token: str) -> Response:
    return letter_page(queries.letter_of(token).web_html, framed_by="'none'")
