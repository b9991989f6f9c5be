"""The addresses that people are sent to: to sign in at the provider, and to sign out there."""

import json
from collections.abc import Collection
from urllib.parse import urlencode

from mailer.accounts.openid.journeys import Journey
from mailer.accounts.openid.persons import SCOPES, Shape


def authorization(
    client_id: str, redirect_uri: str, journey: Journey, shape: Shape
) -> dict[str, str]:
    """What is asked (OpenID Connect Core, 3.1.2.1; PKCE, RFC 7636)."""
    return {
        "response_type": "code",
        "client_id": client_id,
        "redirect_uri": redirect_uri,
        "scope": SCOPES[shape],
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": journey.challenge,
        "code_challenge_method": "S256",
    }


def wished(accepted: Collection[str], shape: Shape) -> dict[str, str]:
    """How we would like people to sign in, without refusing those who cannot."""
    if not accepted:
        return {}
    if shape is Shape.PROCONNECT:
        asked = {"amr": None, "acr": {"values": list(accepted)}}
        return {"claims": json.dumps({"id_token": asked}, separators=(",", ":"))}
    return {"acr_values": " ".join(accepted)}


def at(endpoint: str, fields: dict[str, str]) -> str:
    """The address with its fields, after those that it has already."""
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(fields)}"
