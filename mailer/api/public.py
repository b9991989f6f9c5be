"""What anyone may read of the API: its document, for programs, and a page, for people."""

from collections.abc import Iterator

from flask import Blueprint, Response, json, make_response, render_template
from flask_babel import get_locale

from mailer import links
from mailer.accounts.keys.words import SCOPES
from mailer.api import document, idempotency, matching
from mailer.api.resources import RESOURCES
from mailer.api.v1 import articles, campaigns, letters, messages, subscriptions
from mailer.web import problems
from mailer.web.access import public
from mailer.web.problems import Kind

bp = Blueprint("api", __name__)

# Where the codes of problems stand.
TELLING = (
    *(problems, idempotency, matching, articles, campaigns, letters, messages, subscriptions),
)


@bp.get("/api")
@public
def page() -> str:
    """What programs may ask for, with which scope, and what each refusal means."""
    return render_template(
        "api/page.html",
        example=links.absolute("/api/v1/lists"),
        resources=[(each, document.routes(each)) for each in RESOURCES],
        scopes=SCOPES,
        codes=list(codes()),
        hours=idempotency.HOURS,
    )


@bp.get("/api/v1/openapi.json")
@public
def openapi() -> Response:
    """The document, its sentences in the reader's language."""
    told = document.of(RESOURCES, str(get_locale()))
    return make_response(json.dumps(told), 200, {"Content-Type": "application/json"})


def codes() -> Iterator[Kind]:
    """Each code once, by its status."""
    kinds = (each for module in TELLING for each in vars(module).values())
    known = {kind.code: kind for kind in kinds if isinstance(kind, Kind)}
    yield from sorted(known.values(), key=lambda kind: (kind.status, kind.code))
