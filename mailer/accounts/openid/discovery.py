"""What a provider says of itself (OpenID Connect Discovery 1.0)."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from authlib.oidc.discovery import get_well_known_url

from mailer import networks
from mailer.accounts.openid.refusals import Refusal, Refused


@dataclass(frozen=True)
class Provider:
    """Its addresses; without the last one, nobody signs out there."""

    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str
    logout: str


def address(issuer: str) -> str:
    """Where the provider says it."""
    return str(get_well_known_url(issuer, external=True))


def provider(content: bytes, issuer: str) -> Provider:
    """The provider; Refused when it is another one than was asked, or says too little."""
    try:
        said = json.loads(content)
        found = Provider(
            said["issuer"],
            said["authorization_endpoint"],
            said["token_endpoint"],
            said["jwks_uri"],
            said.get("userinfo_endpoint", ""),
            said.get("end_session_endpoint", ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused(Refusal.NOT_BELIEVED) from None
    # OpenID Connect Discovery, 4.3: exactly the issuer that was asked.
    if found.issuer != issuer or not all(map(is_safe, _addresses(found))):
        raise Refused(Refusal.NOT_BELIEVED)
    return found


def _addresses(found: Provider) -> list[str]:
    always = [found.authorization, found.token, found.keys]
    return [*always, *filter(None, (found.userinfo, found.logout))]


def is_safe(url: object) -> bool:
    """Whether what is said there stays between us: https, or a provider on this machine."""
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return False
    return bool(parts.hostname) and networks.is_safe(parts)
