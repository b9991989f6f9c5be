"""Who asks: the key of the Authorization header (RFC 6750), and how often it has asked.

recognise, before the access check | count, after it | the headers, on every answer
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from flask import Flask, Response, current_app, g, request

from mailer.accounts.keys import operations, queries
from mailer.clock import now
from mailer.db import transaction
from mailer.web import bearer, counters, problems
from mailer.web.access import is_api, is_keyed
from mailer.web.counters import MINUTE, window
from mailer.web.problems import Problem

COUNTED = "api"
JSON_TYPES = ("application/json", problems.TYPE)


@dataclass(frozen=True)
class Share:
    """How much of its share of a minute a key has left, and when the next minute begins."""

    most: int
    left: int
    resets_at: datetime

    def seconds(self, at: datetime) -> int:
        return max(ceil((self.resets_at - at).total_seconds()), 0)


def recognise() -> None:
    """Say in `g.key` which key asks; without a good one there is none."""
    if not is_api(request.path):
        return
    accepted = request.accept_mimetypes
    if accepted and not any(accepted.quality(each) for each in JSON_TYPES):
        raise Problem(problems.NOT_ACCEPTABLE)
    if held := queries.find(bearer.shown(), now()):
        g.key = held


def count() -> None:
    """Count the request of a key, and refuse it when the key has had its share of the minute."""
    if request.endpoint is None or not is_keyed(current_app, request.endpoint):
        return
    at = now()
    asked = window(COUNTED, counters.pseudonym(g.key.actor, at), MINUTE, at)
    with transaction():
        number = counters.count([asked])[asked]
        operations.mark_used(g.key, at)
    most = int(current_app.config["API_REQUESTS_A_MINUTE"])
    g.share = Share(most, max(most - number, 0), asked.starts_at + MINUTE)
    if number > most:
        retry = {"Retry-After": str(g.share.seconds(at))}
        raise Problem(problems.TOO_MANY, headers=retry)


def tell(response: Response) -> Response:
    """Say how much is left (draft-ietf-httpapi-ratelimit-headers), for programs that pace."""
    if "share" in g:
        share: Share = g.share
        response.headers["RateLimit-Policy"] = f'"minute";q={share.most};w=60'
        response.headers["RateLimit"] = f'"minute";r={share.left};t={share.seconds(now())}'
    return response


def install(app: Flask) -> None:
    """Recognise keys; install it before the access check, and `install_count` after."""
    app.before_request(recognise)


def install_count(app: Flask) -> None:
    """Count what the access check let through."""
    app.before_request(count)
    app.after_request(tell)
