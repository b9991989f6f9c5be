"""Signing in at the provider, and signing out there."""

from datetime import datetime

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from structlog import get_logger

from mailer.accounts import sessions
from mailer.accounts.factors import guard
from mailer.accounts.factors import queries as factors
from mailer.accounts.models import Account
from mailer.accounts.openid import asking, exchange, hints, journeys, operations
from mailer.accounts.openid.client import Client, configured
from mailer.accounts.openid.persons import Person
from mailer.accounts.openid.refusals import Refusal, Refused
from mailer.accounts.openid.words import ANSWERS
from mailer.accounts.roles import home
from mailer.accounts.standing import Standing
from mailer.clock import now
from mailer.db import transaction
from mailer.errors import NotFound
from mailer.web.access import local_path, public

bp = Blueprint("openid", __name__)
log = get_logger()

JOURNEY = "openid-journey"


@bp.get("/connexion/openid")
@public
def begin() -> ResponseReturnValue:
    """Send the browser to the provider, with a question that only this browser can end."""
    client, at = _client(), now()
    place = exchange.provider(client, at)
    journey = journeys.begin(at, local_path(request.args.get("next")) or "")
    fields = asking.authorization(client.id, client.redirect_uri, journey, client.shape)
    fields |= asking.wished(client.second_factor, client.shape)
    answer = make_response(redirect(asking.at(place.authorization, fields), 303))
    hints.keep(answer, JOURNEY, journeys.closed(journey, _keys()), journeys.LIFETIME)
    return answer


@bp.get("/connexion/openid/retour")
@public
def come_back() -> ResponseReturnValue:
    """Take what the provider answered, once."""
    client, at = _client(), now()
    journey = journeys.opened(hints.kept(JOURNEY), request.args.get("state", ""), _keys(), at)
    # RFC 9207: a provider that names itself here must be the one that was asked.
    if request.args.get("iss", client.issuer) != client.issuer:
        raise Refused(Refusal.NOT_BELIEVED)
    if "error" in request.args:
        raise Refused(Refusal.DECLINED)
    person, token = exchange.person_of(client, request.args.get("code", ""), journey, at)
    with transaction():
        account = operations.enter(person, client, at)
        _start(account, person, client, at)
        first_page = journey.back or url_for(home(account.roles))
    answer = make_response(redirect(first_page, 303))
    hints.forget(answer, JOURNEY)
    hints.keep_token(answer, token, _keys())
    return answer


def _start(account: Account, person: Person, client: Client, at: datetime) -> None:
    """Its word for a second factor counts only where the settings name that word."""
    is_shown = person.has_shown(client.second_factor)
    owes = not is_shown and factors.has_any(account.id)
    sessions.start(account, at, Standing.FACTOR_OWED if owes else Standing.FULL)
    if is_shown:
        session[guard.SHOWN_ELSEWHERE] = True


@bp.get("/connexion/openid/depart")
@public
def leave() -> ResponseReturnValue:
    """The page after signing out here, which goes on to the provider by itself.

    A page and no redirect: browsers hold the redirects of a form to form-action, which is ours.
    """
    client, at = _client(), now()
    place = exchange.provider(client, at)
    if not place.logout:
        return redirect(url_for("accounts.sign_in"), 303)
    fields = {"client_id": client.id, "post_logout_redirect_uri": client.after_logout}
    if token := hints.token(_keys()):
        fields |= {"id_token_hint": token, "state": journeys.begin(at, "").state}
    address = asking.at(place.logout, fields)
    answer = make_response(
        render_template("accounts/openid/leave.html", address=address, name=client.name)
    )
    hints.forget_token(answer)
    return answer


@bp.errorhandler(Refused)
def refused(error: Refused) -> Response:
    """Why nobody is signed in, and how to go on."""
    log.warning("openid.refused", reason=error.reason.value)
    said = ANSWERS[error.reason]
    answer = make_response(
        render_template("accounts/openid/refused.html", sentence=said.sentence), said.status
    )
    hints.forget(answer, JOURNEY)
    return answer


@bp.app_context_processor
def provider_at_the_door() -> dict[str, object]:
    """Let the page of signing in show the button of the provider."""
    return {"provider_name": current_app.config["OIDC_ISSUER"] and current_app.config["OIDC_NAME"]}


def _client() -> Client:
    client = configured()
    if client is None:
        raise NotFound("openid")
    return client


def _keys() -> list[str]:
    keys: list[str] = current_app.config["SECRET_KEYS"]
    return keys
