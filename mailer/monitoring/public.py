"""The addresses that a supervisor and Prometheus ask."""

import hmac

from flask import Blueprint, Response, abort, current_app, jsonify, request
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from mailer.clock import now
from mailer.monitoring import readiness, traffic
from mailer.monitoring.figures import Figures
from mailer.monitoring.readiness import State
from mailer.web.access import public

bp = Blueprint("monitoring", __name__)


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """Whether this installation can do its work: 200, or 503 with the part that cannot."""
    parts = readiness.look(now())
    state = readiness.whole(parts)
    return jsonify(state=state, parts=parts), 503 if state is State.UNREADY else 200


@bp.get("/metrics")
@public
def metrics() -> Response:
    """The figures, for who holds METRICS_TOKEN (RFC 6750, 2.1); absent for everyone else."""
    token = current_app.config["METRICS_TOKEN"]
    given = request.authorization.token if request.authorization else None
    if not token or not hmac.compare_digest((given or "").encode(), token.encode()):
        abort(404)
    work = CollectorRegistry()
    work.register(Figures())
    written = generate_latest(work) + generate_latest(traffic.of_this_process().registry)
    return Response(written, content_type=CONTENT_TYPE_LATEST)
