"""Cookies of the way to the provider: ours alone, sealed, and short."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import timedelta

from flask import Response, current_app, request

from mailer.accounts.factors.sealed import seal, unseal
from mailer.errors import Invalid

TOKEN = "openid-token"  # noqa: S105 - the cookie's name
BOUND_TO = "openid token"
# A session of the desk lasts no longer.
TOKEN_LIFETIME = timedelta(hours=12)
# Browsers drop a cookie above 4096 bytes; without it, the provider asks before it signs out.
LONGEST = 3_800


def keep(answer: Response, name: str, value: str, lifetime: timedelta) -> None:
    """Give the browser that cookie, which comes back from the provider with it."""
    answer.set_cookie(
        _named(name),
        value,
        max_age=lifetime,
        secure=_is_secure(),
        httponly=True,
        # Lax, not Strict: the provider's redirect back begins at another site.
        samesite="Lax",
    )


def kept(name: str) -> str:
    """What the browser brought back."""
    return request.cookies.get(_named(name), "")


def forget(answer: Response, name: str) -> None:
    """Take the cookie away."""
    answer.delete_cookie(_named(name), secure=_is_secure(), httponly=True, samesite="Lax")


def keep_token(answer: Response, token: str, keys: Sequence[str]) -> None:
    """The token by which the provider knows the session that is to end."""
    value = urlsafe_b64encode(seal(token.encode(), keys, BOUND_TO)).decode()
    if len(value) <= LONGEST:
        keep(answer, TOKEN, value, TOKEN_LIFETIME)


def token(keys: Sequence[str]) -> str:
    """That token; empty when there is none, or none of ours."""
    try:
        return unseal(urlsafe_b64decode(kept(TOKEN)), keys, BOUND_TO).decode()
    except (Invalid, ValueError):
        return ""


def forget_token(answer: Response) -> None:
    """Take it away: it ends one session, once."""
    forget(answer, TOKEN)


def has_token() -> bool:
    """Whether this browser came through the provider."""
    return bool(kept(TOKEN))


def _named(name: str) -> str:
    return f"__Host-{name}" if _is_secure() else name


def _is_secure() -> bool:
    return str(current_app.config["BASE_URL"]).startswith("https:")
