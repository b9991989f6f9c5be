"""Sites that may show a sign-up form of ours, by their origin (RFC 6454)."""

import re
from urllib.parse import urlsplit

from mailer import networks
from mailer.errors import Invalid

HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_PAGE = 500


def parse(text: str) -> str:
    """`https://www.agence.fr` from what was typed; raises Invalid when it names no site.

    Only https, since anybody on the way could change a form sent in clear; the loopback excepted.
    """
    try:
        parts = urlsplit(text.strip() if "//" in text else f"https://{text.strip()}")
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise Invalid(text) from None
    if not networks.is_safe(parts) or not HOST.fullmatch(host) or parts.username is not None:
        raise Invalid(text)
    named = "" if port in {None, DEFAULT_PORTS[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{host}{named}"


def page_of(origin: str, url: str) -> str:
    """That site's page without its query, which may tell of a person; else the site."""
    try:
        parts = urlsplit(url)
        is_of_site = parse(f"{parts.scheme}://{parts.netloc}") == origin
    except (Invalid, ValueError):
        return origin
    return f"{origin}{parts.path}"[:LONGEST_PAGE] if is_of_site else origin
