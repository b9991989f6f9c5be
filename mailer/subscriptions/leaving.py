"""The way out: one press in the mail program, or one button on a page. A GET changes nothing."""

from contextlib import suppress

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from werkzeug.exceptions import BadRequest

from mailer.addresses import masked
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import transaction
from mailer.errors import Invalid, NotFound
from mailer.subscriptions import operations, queries
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.states import State
from mailer.tokens import UNSUBSCRIBE
from mailer.web.access import machine, public
from mailer.web.limits import network

# RFC 8058, 3.1: what the mail program posts, and nothing else of its own.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def _ticket(token: str) -> tuple[int, str]:
    """The subscription that the link ends, and the sending that it came with."""
    match UNSUBSCRIBE.read(token):
        case [int(subscription_id), str(origin)]:
            return subscription_id, origin
    raise Invalid(UNSUBSCRIBE.salt)


@bp.get("/u/<token>")
@public
def one_click_page(token: str) -> ResponseReturnValue:
    """A mail program that cannot post opens the page with the button instead."""
    return redirect(url_for(".leave", token=token), 303)


@bp.post("/u/<token>")
@machine
def one_click(token: str) -> ResponseReturnValue:
    """Leave at once, without page, cookie or redirect (RFC 8058, 3.1 and 3.2)."""
    name, value = ONE_CLICK
    if request.form.get(name) != value:
        raise BadRequest
    _end(token, Method.ONE_CLICK_POST)
    return Response("Désinscription faite. Unsubscribed.\n", mimetype="text/plain")


@bp.get("/desinscriptions/<token>")
@public
def leave(token: str) -> ResponseReturnValue:
    """One button; once it is pressed, that it is done and how to come back."""
    line = queries.find_subscription(_ticket(token)[0])
    if line is None:
        return render_template("subscriptions/left.html", token=token, line=None)
    template = "left" if line.state == State.ENDED else "leave"
    address = masked(line.subscriber.address)
    return render_template(
        f"subscriptions/{template}.html", token=token, line=line, address=address
    )


@bp.post("/desinscriptions/<token>")
@public
def end(token: str) -> ResponseReturnValue:
    """The press of the button."""
    _end(token, Method.PREFERENCE_PAGE)
    return redirect(url_for(".leave", token=token), 303)


def _end(token: str, method: Method) -> None:
    subscription_id, origin = _ticket(token)
    # A subscription that was purged had ended long ago: whoever leaves it again has left.
    with suppress(NotFound), transaction():
        operations.end(subscription_id, origin, now(), method)


@bp.post("/desinscriptions/<token>/retour")
@public
def come_back(token: str) -> ResponseReturnValue:
    """Whoever left by mistake is back at once; later, the mailbox is asked first."""
    evidence = Evidence(
        Method.PREFERENCE_PAGE, now(), str(get_locale()), page="/desinscriptions", network=network()
    )
    with transaction():
        back = operations.resume(_ticket(token)[0], evidence, now())
    return render_template("subscriptions/back.html", is_back=back, token=token)
