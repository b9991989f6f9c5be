"""What a measured mail leads to: the pixel, the links, and the page that ends the measuring."""

from base64 import b64decode
from contextlib import suppress

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from mailer.clock import now
from mailer.consent import measurement
from mailer.consent.evidence import Evidence, Method
from mailer.consent.tracking import Answer
from mailer.db import hint, transaction
from mailer.delivery import hits, readership
from mailer.delivery.blueprint import bp
from mailer.delivery.hits import Source
from mailer.delivery.tracking import OPENED
from mailer.delivery.visits import Visit, is_a_person
from mailer.errors import Invalid
from mailer.subscriptions import queries as subscriptions
from mailer.subscriptions.models import Subscription
from mailer.tokens import UNSUBSCRIBE
from mailer.web.access import public

# One transparent point.
POINT = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@bp.get("/m/<token>")
@public
def opened(token: str) -> Response:
    """The same point whatever the address, so that nobody learns what it was."""
    with suppress(Invalid):
        _note(hits.source_of(token), OPENED)
    return Response(POINT, mimetype="image/gif")


@bp.get("/m/<token>/<int:position>")
@public
def followed(token: str, position: int) -> ResponseReturnValue:
    """On to where the letter leads, counted or not."""
    source = hits.source_of(token)
    url = hits.target(source, position)
    _note(source, position)
    return redirect(url, 302)


def _note(source: Source, position: int) -> None:
    said = request.headers
    purpose = " ".join(said.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    visit = Visit(request.method, said.get("User-Agent", ""), purpose, now())
    if is_a_person(visit):
        with transaction():
            hits.note(source, position, visit)


@bp.get("/suivi/<token>")
@public
def tracking(token: str) -> ResponseReturnValue:
    """One button; once it is pressed, that it is done."""
    line, _ = _subscription(token)
    answers = measurement.answers_of(line.subscriber.fingerprint) if line else None
    is_off = answers is None or {answers.opens, answers.clicks} == {Answer.REFUSED}
    return render_template("delivery/tracking.html", token=token, is_off=is_off)


@bp.post("/suivi/<token>")
@public
def end_tracking(token: str) -> ResponseReturnValue:
    """Measure nothing of this person any more, in the mails that were sent as well."""
    line, origin = _subscription(token)
    if line:
        evidence = Evidence(
            Method.PREFERENCE_PAGE, now(), str(get_locale()), page="/suivi", origin=origin
        )
        with transaction():
            measurement.withdraw(line.subscriber.fingerprint, evidence)
            hint(readership.FORGET)
    return redirect(url_for(".tracking", token=token), 303)


def _subscription(token: str) -> tuple[Subscription | None, str]:
    """The subscription that the link came with, if it is still kept, and the sending it was in."""
    match UNSUBSCRIBE.read(token):
        case [int(subscription_id), str(origin)]:
            return subscriptions.find_subscription(subscription_id), origin
    raise Invalid(UNSUBSCRIBE.salt)
