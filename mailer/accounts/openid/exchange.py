"""What is said between us and the provider, behind the browser's back; never in a transaction."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from flask import current_app

from mailer import outgoing
from mailer.accounts.openid import discovery, tokens
from mailer.accounts.openid.client import Client
from mailer.accounts.openid.discovery import Provider
from mailer.accounts.openid.journeys import Journey
from mailer.accounts.openid.persons import Person, person
from mailer.accounts.openid.refusals import Refusal, Refused
from mailer.accounts.openid.tokens import Expected
from mailer.db import db
from mailer.outgoing import RequestError, Rules

KEPT = timedelta(minutes=10)
MAX_BYTES = 500_000
# In app.extensions: the provider, as it was last read, and until when that is good.
KEY = "openid-provider"


def provider(client: Client, at: datetime) -> Provider:
    """The provider of the settings, read again every ten minutes."""
    # Whoever asks may be signed in: no connection is held while another server answers.
    db.session.rollback()
    kept: tuple[Provider, datetime] | None = current_app.extensions.get(KEY)
    if kept and kept[1] > at and kept[0].issuer == client.issuer:
        return kept[0]
    content = _get(discovery.address(client.issuer), {})
    found = discovery.provider(content.content, client.issuer)
    current_app.extensions[KEY] = (found, at + KEPT)
    return found


def person_of(client: Client, code: str, journey: Journey, at: datetime) -> tuple[Person, str]:
    """Whoever the code is of, and the token that says so; Refused for a code that is none.

    code | token | its signature and claims | what else the provider says | person
    """
    place = provider(client, at)
    given = _token(client, place, code, journey)
    # Read each time: keys are changed, and a new one must count at once.
    signers = tokens.keys(_get(place.keys, {}).content)
    expected = Expected(client.issuer, client.id, journey.nonce, given["access_token"])
    claims = tokens.identity(given["id_token"], signers, expected, at)
    info = {}
    if place.userinfo:
        answer = _get(place.userinfo, {"Authorization": f"Bearer {given['access_token']}"})
        kind = answer.headers.get("content-type", "")
        info = tokens.userinfo(answer.content, kind, signers, expected)
        # Core, 5.3.2: of the same person, or it must not be used.
        if info.get("sub") != claims["sub"]:
            raise Refused(Refusal.NOT_BELIEVED)
    return person(claims, info, client.shape), given["id_token"]


def _token(client: Client, place: Provider, code: str, journey: Journey) -> dict[str, str]:
    """The tokens for the code; the secret goes in the form, as ProConnect asks."""
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "client_id": client.id,
        "client_secret": client.secret,
        "code_verifier": journey.verifier,
    }
    try:
        answer = outgoing.post(place.token, fields, _rules())
        said = json.loads(answer.content)
        return {name: str(said[name]) for name in ("id_token", "access_token")}
    except RequestError as error:
        raise _refused(error) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(Refusal.NOT_BELIEVED) from None


def _get(url: str, headers: dict[str, str]) -> outgoing.Answer:
    try:
        return outgoing.fetch(url, _rules(), headers)
    except RequestError as error:
        raise _refused(error) from None


def _rules() -> Rules:
    """No redirect: what we show is for that address alone."""
    return replace(outgoing.configured(), max_redirects=0, max_bytes=MAX_BYTES)


def _refused(error: RequestError) -> Refused:
    # An error status says that it was reached, and did not like what we sent.
    said_no = {outgoing.Reason.BAD_STATUS, outgoing.Reason.FORBIDDEN}
    return Refused(Refusal.NOT_BELIEVED if error.reason in said_no else Refusal.UNREACHABLE)
