"""Parts of a page that are asked for again and again while somebody watches."""

import hashlib

from flask import make_response, request
from werkzeug.wrappers import Response


def part(html: str) -> Response:
    """A part of the page; that it has not changed is said in 304."""
    answer = make_response(html)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(hashlib.sha256(html.encode()).hexdigest()[:32])
    return answer.make_conditional(request)


def last_part(html: str) -> Response:
    """The part once nothing moves any more: the browser loads the whole page anew."""
    answer = part(html)
    answer.headers["HX-Refresh"] = "true"
    return answer
