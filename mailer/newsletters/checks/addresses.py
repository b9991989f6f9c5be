"""What is wrong with an address, by its letters alone."""

import re
import unicodedata
from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qsl, urlsplit

from mailer.newsletters.checks.rules import Rule

MAILTO = re.compile(r"mailto:[^@\s?,]+@[\w-]+(?:\.[\w-]+)+(?:\?\S*)?", re.IGNORECASE)
# Names that no public server bears (RFC 2606, 6761, 6762, 8375; ICANN, 2024).
LOCAL_NAMES = (
    "localhost", "local", "test", "invalid", "example", "internal", "intranet", "lan", "home",
    "corp", "localdomain", "home.arpa",
)  # fmt: skip
# The pages of ours that act for one person (links.py), and those of staff.
PERSONAL_PATH = re.compile(
    r"/(?:desinscriptions|u|gestion|preferences|pourquoi|suivi|m|calendrier)/[^/]+"
    r"|/(?:inscriptions|abonnements|adresses|droits)/[^/]+/\w+"
)
DESK_PATH = re.compile(r"/(?:bureau|connexion)(?:/|$)")
SECRETS = frozenset(
    {"token", "access_token", "jwt", "session", "sessionid", "sid", "phpsessid", "jsessionid",
     "api_key", "apikey", "password", "mot_de_passe", "auth", "signature"}
)  # fmt: skip


def fault(url: str, ours: str) -> Rule | None:
    """The first thing wrong with the address; `ours` is the public address of this site."""
    scheme = url.partition(":")[0].lower() if ":" in url else ""
    if scheme == "mailto":
        return None if MAILTO.fullmatch(url) else Rule.BAD_MAILTO
    if not re.match(r"[a-z][a-z0-9+.-]*:", url, re.IGNORECASE):
        return Rule.RELATIVE_LINK
    if scheme not in {"http", "https"}:
        return None if scheme in {"tel", "sms"} else Rule.LOCAL_LINK
    try:
        parts = urlsplit(url)
    except ValueError:
        return Rule.LOCAL_LINK
    return _of_web(parts, ours)


def _of_web(parts: SplitResult, ours: str) -> Rule | None:
    host = (parts.hostname or "").lower().rstrip(".")
    if parts.username or parts.password:
        return Rule.CREDENTIALS
    if ours and host == (urlsplit(ours).hostname or ""):
        return _of_ours(parts.path)
    if is_local(host):
        return Rule.LOCAL_LINK
    if has_foreign_letters(host):
        return Rule.FOREIGN_LETTERS
    if SECRETS.intersection(name.lower() for name, _ in parse_qsl(parts.query)):
        return Rule.SECRET_IN_LINK
    return Rule.PLAIN_HTTP if parts.scheme == "http" else None


def _of_ours(path: str) -> Rule | None:
    if DESK_PATH.match(path):
        return Rule.DESK_LINK
    return Rule.PERSONAL_LINK if PERSONAL_PATH.fullmatch(path) else None


def is_local(host: str) -> bool:
    """Whether the name or the number leads nowhere outside a network of one's own."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        named = any(host == name or host.endswith(f".{name}") for name in LOCAL_NAMES)
        return named or "." not in host


def has_foreign_letters(host: str) -> bool:
    """Whether the name has letters that are not Latin, which may look like those that are."""
    letters = (letter for letter in _as_read(host) if letter.isalpha())
    return any("LATIN" not in unicodedata.name(letter, "") for letter in letters)


def in_ascii(url: str) -> str:
    """The name of the site as the network knows it, so that nothing in it can look like another."""
    host = _as_read(urlsplit(url).hostname or "")
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ascii(host)


def _as_read(host: str) -> str:
    """The name as a reader sees it: xn--… is the same name in ASCII (RFC 3490)."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
