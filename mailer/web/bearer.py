"""The key that a program shows, and what it is told when that opens nothing (RFC 6750)."""

from flask import request

SCHEME = "bearer"


def shown() -> str:
    """The key of the Authorization header; empty when none came, or another kind of proof did."""
    scheme, _space, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == SCHEME else ""


def unknown() -> dict[str, str]:
    """The challenge to a key that is not good; to none, no word of an error (RFC 6750, 3.1)."""
    return _challenge(error="invalid_token") if shown() else _challenge()


def insufficient(scope: str) -> dict[str, str]:
    """The challenge to a good key that lacks that scope."""
    return _challenge(error="insufficient_scope", scope=scope)


def _challenge(**said: str) -> dict[str, str]:
    words = {"realm": "mailer", **said}
    told = ", ".join(f'{name}="{value}"' for name, value in words.items())
    return {"WWW-Authenticate": f"Bearer {told}"}
