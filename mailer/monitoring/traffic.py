"""How long the answers of this process took, by route and status: what Prometheus asks of each."""

from time import perf_counter

from flask import Flask, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Histogram

KEY = "monitoring.traffic"
# From a page without a query to the deadline of a statement.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
# The number of names a metric has must not grow with what strangers ask for.
NOWHERE = "none"


class Traffic:
    """The counts of one process since it began."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "mailer_http_request_duration_seconds",
            "Seconds until the answer of this process was ready.",
            ("route", "method", "status"),
            buckets=BUCKETS,
            registry=self.registry,
        )

    def count(self, response: Response) -> Response:
        """Add this answer."""
        labels = (request.endpoint or NOWHERE, _method(), str(response.status_code))
        self._seconds.labels(*labels).observe(perf_counter() - g.started)
        return response


def _method() -> str:
    """The method, or `none` for one that no route has: a program can make up any number of them."""
    return request.method if request.url_rule else NOWHERE


def install(app: Flask) -> None:
    """Count every answer; installed after web.journal, which notes when a request came in."""
    traffic = app.extensions[KEY] = Traffic()
    app.after_request(traffic.count)


def of_this_process() -> Traffic:
    """The counts of the process that serves the current app."""
    found: Traffic = current_app.extensions[KEY]
    return found
