"""One line in the log per request: which route, what came of it; never the path, or a token.

Of whoever is signed in, the number of the account stands there, and nothing else.
"""

from time import perf_counter

from flask import Flask, Response, g, request
from structlog import get_logger

log = get_logger()

# Asked for so often that they would hide the rest.
SILENT = frozenset({"static", "site.health", "monitoring.ready", "monitoring.metrics"})


def start() -> None:
    """Note when the request came in."""
    g.started = perf_counter()


def write(response: Response) -> Response:
    """Write the line of this request."""
    if request.endpoint not in SILENT:
        log.info(
            "request",
            endpoint=request.endpoint,
            method=request.method,
            status=response.status_code,
            ms=round((perf_counter() - g.started) * 1000),
            **who(),
        )
    return response


def who() -> dict[str, int]:
    """The number of the account or key that asks, for a line of the log; nothing for a visitor."""
    if "key" in g:
        return {"key": g.key.id}
    return {"account": g.account.id} if "account" in g else {}


def install(app: Flask) -> None:
    """Write a line for every request; install it first, so that it times all the rest."""
    app.before_request(start)
    app.after_request(write)
