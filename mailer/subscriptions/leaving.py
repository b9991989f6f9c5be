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
from mailer.subscriptions import departures, operations, preferences, queries
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.choice_forms import LessForm, ReasonForm
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.preferences import UNDO_WITHIN
from mailer.subscriptions.reasons import Reason
from mailer.subscriptions.states import State
from mailer.tokens import UNSUBSCRIBE
from mailer.web.access import machine, public
from mailer.web.limits import network, user_agent

# RFC 8058, 3.1: what the mail program posts, and nothing else of its own.
ONE_CLICK = ("List-Unsubscribe", "One-Click")


def ticket(token: str) -> tuple[int, str]:
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
    line = queries.find_subscription(ticket(token)[0])
    if line is None:
        return render_template("subscriptions/left.html", token=token, line=None)
    if line.state == State.ENDED:
        return _left(token, line, ReasonForm())
    address = masked(line.subscriber.address)
    return render_template("subscriptions/leave.html", token=token, line=line, address=address)


def _left(token: str, line: Subscription, why: ReasonForm) -> str:
    ended = line.ended_at or now()
    return render_template(
        "subscriptions/left.html",
        token=token,
        line=line,
        address=masked(line.subscriber.address),
        is_undoable=now() <= ended + UNDO_WITHIN,
        is_recent=now() <= ended + operations.RESUME_WITHIN,
        said=request.args.get("merci"),
        too_late=request.args.get("tard"),
        less=LessForm(),
        why=why,
    )


@bp.post("/desinscriptions/<token>")
@public
def end(token: str) -> ResponseReturnValue:
    """The press of the button."""
    _end(token, Method.PREFERENCE_PAGE)
    return redirect(url_for(".leave", token=token), 303)


def _end(token: str, method: Method) -> None:
    subscription_id, origin = ticket(token)
    # A subscription that was purged had ended long ago: whoever leaves it again has left.
    with suppress(NotFound), transaction():
        operations.end(subscription_id, origin, now(), method)


@bp.post("/desinscriptions/<token>/annulation")
@public
def undo(token: str) -> ResponseReturnValue:
    """As if nothing had happened, for 30 seconds; the page says what is possible afterwards."""
    line = queries.find_subscription(ticket(token)[0])
    if line is None or line.ended_at is None or now() > line.ended_at + UNDO_WITHIN:
        return redirect(url_for(".leave", token=token, tard="1"), 303)
    return come_back(token)


@bp.post("/desinscriptions/<token>/retour")
@public
def come_back(token: str) -> ResponseReturnValue:
    """Whoever left by mistake is back at once; later, the mailbox is asked first."""
    if _is_closed(token):
        return redirect(url_for(".leave", token=token), 303)
    with transaction():
        back = operations.resume(ticket(token)[0], _evidence(), now())
    return render_template("subscriptions/back.html", is_back=back, token=token)


@bp.post("/desinscriptions/<token>/moins-souvent")
@public
def receive_less(token: str) -> ResponseReturnValue:
    """Back, with fewer letters than before."""
    typed = LessForm(request.form)
    if _is_closed(token) or not typed.validate():
        return redirect(url_for(".leave", token=token), 303)
    frequency = Frequency(typed.frequency.data)
    with transaction():
        back = preferences.come_back_for(ticket(token)[0], frequency, _evidence(), now())
    return render_template("subscriptions/back.html", is_back=back, is_less=back, token=token)


@bp.post("/desinscriptions/<token>/raison")
@public
def say_why(token: str) -> ResponseReturnValue:
    """One more for that reason; who gave it is not kept."""
    line, typed = queries.find_subscription(ticket(token)[0]), ReasonForm(request.form)
    if line is None or line.state != State.ENDED:
        return redirect(url_for(".leave", token=token), 303)
    if not typed.validate():
        return _left(token, line, typed), 422
    with transaction():
        departures.count(line.list_id, Reason(typed.reason.data), now())
    return redirect(url_for(".leave", token=token, merci="1"), 303)


def _is_closed(token: str) -> bool:
    line = queries.find_subscription(ticket(token)[0])
    return line is not None and line.mailing_list.closed_at is not None


def _evidence() -> Evidence:
    locale, page = str(get_locale()), "/desinscriptions"
    return Evidence(
        Method.PREFERENCE_PAGE, now(), locale, page=page, network=network(), user_agent=user_agent()
    )
