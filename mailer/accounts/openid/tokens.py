"""Tokens of the provider: who signed them, for whom, in answer to what, and until when."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from mailer.accounts.openid.refusals import Refusal, Refused

# Public-key signatures only: with "none" or a shared secret, anybody or either side could sign.
ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
    "EdDSA",
)  # fmt: skip
# For the clock of the provider.
LEEWAY_SECONDS = 60


@dataclass(frozen=True)
class Expected:
    """Whose token it must be, for whom, and the answer to what."""

    issuer: str
    client_id: str
    nonce: str
    access_token: str


def keys(content: bytes) -> KeySet:
    """The provider's keys; those of a kind that we do not know are left out."""
    try:
        listed = json.loads(content)["keys"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refused(Refusal.NOT_BELIEVED) from None
    if not isinstance(listed, list):
        raise Refused(Refusal.NOT_BELIEVED)
    public = [each for each in listed if isinstance(each, dict) and _signs(each)]
    try:
        return KeySet.import_key_set({"keys": public})
    except (JoseError, ValueError, TypeError):
        raise Refused(Refusal.NOT_BELIEVED) from None


def _signs(key: dict[str, Any]) -> bool:
    return key.get("kty") in {"RSA", "EC", "OKP"} and key.get("use", "sig") == "sig"


def identity(token: str, signers: KeySet, expected: Expected, at: datetime) -> dict[str, Any]:
    """The claims of an ID token; Refused unless all of OpenID Connect Core, 3.1.3.7 holds."""
    header, claims = _signed(token, signers)
    options = {
        "iss": {"essential": True, "value": expected.issuer},
        "aud": {"essential": True, "value": expected.client_id},
        "sub": {"essential": True},
    }
    params = {
        "nonce": expected.nonce,
        "client_id": expected.client_id,
        "access_token": expected.access_token,
    }
    checked = CodeIDToken(claims, header, options, params)
    try:
        checked.validate(int(at.timestamp()), LEEWAY_SECONDS)
    except (JoseError, ValueError, TypeError):
        raise Refused(Refusal.NOT_BELIEVED) from None
    audience = claims["aud"]
    # Core, 3.1.3.7 (3): no audience beside us whom we do not know.
    if isinstance(audience, list) and audience != [expected.client_id]:
        raise Refused(Refusal.NOT_BELIEVED)
    return claims


def userinfo(content: bytes, kind: str, signers: KeySet, expected: Expected) -> dict[str, Any]:
    """What the provider says of somebody: JSON, or a token as ProConnect sends (Core, 5.3.2)."""
    if kind.partition(";")[0].strip().lower() == "application/jwt":
        _, claims = _signed(content.decode("ascii", "replace"), signers)
        audience = claims.get("aud", expected.client_id)
        for_us = expected.client_id in (audience if isinstance(audience, list) else [audience])
        if claims.get("iss") != expected.issuer or not for_us:
            raise Refused(Refusal.NOT_BELIEVED)
        return claims
    try:
        claims = json.loads(content)
    except (ValueError, RecursionError):
        raise Refused(Refusal.NOT_BELIEVED) from None
    if not isinstance(claims, dict):
        raise Refused(Refusal.NOT_BELIEVED)
    return claims


def _signed(token: str, signers: KeySet) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        found = jwt.decode(token, signers, ALGORITHMS)
    except (JoseError, ValueError, TypeError):
        raise Refused(Refusal.NOT_BELIEVED) from None
    return found.header, found.claims
