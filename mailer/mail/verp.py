"""Return-paths that say which delivery a bounce is about, and that nobody can forge (VERP)."""

import hmac
import re
from collections.abc import Callable

from flask import current_app

from mailer.errors import Invalid

# Digits and hexadecimal only: relays may fold the case of a local part.
LOCAL = re.compile(r"rebond\+([0-9]{1,19})\.([0-9a-f]{16})")
SALT = b"return-path:"


def return_path(delivery_id: int) -> str:
    """The envelope sender of that delivery, 43 octets before the @ at most."""
    return return_paths()(delivery_id)


def return_paths() -> Callable[[int], str]:
    """Makes those of many deliveries: key and domain are looked up once."""
    key = current_app.config["SECRET_KEYS"][-1].encode()
    domain = current_app.config["RETURN_PATH_DOMAIN"]
    return lambda number: f"rebond+{number}.{_mark(b'%d' % number, key)}@{domain}"


def read(address: str) -> int:
    """The delivery that the return-path names; raises Invalid when we did not make it."""
    local, _, domain = address.strip("<> ").lower().rpartition("@")
    found = LOCAL.fullmatch(local)
    if found is None or domain != current_app.config["RETURN_PATH_DOMAIN"].lower():
        raise Invalid("return-path")
    number, mark = found.groups()
    keys = current_app.config["SECRET_KEYS"]
    if not any(hmac.compare_digest(mark, _mark(number.encode(), key.encode())) for key in keys):
        raise Invalid("return-path")
    return int(number)


def _mark(number: bytes, key: bytes) -> str:
    return hmac.digest(key, SALT + number, "sha256")[:8].hex()
