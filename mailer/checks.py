"""What each setting must be: a start that is refused names the key, the first request need not."""

import os
import re
from collections.abc import Callable, Mapping
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from mailer import addresses, rulebook
from mailer.errors import Invalid
from mailer.networks import is_loopback, is_safe
from mailer.settings import BadSetting, Fault, Value, shown


def check(settings: Mapping[str, Value]) -> None:
    """Raise BadSetting, naming the keys, for values that could not be used."""
    if found := faults(settings):
        raise BadSetting(*found)


def faults(settings: Mapping[str, Value]) -> list[Fault]:
    """Each value that could not be used."""
    return [
        Fault(name, f"{name} must be {sentence}, and is {shown(name, settings[name])}")
        for name, (sentence, fits) in MUST_BE.items()
        if not fits(settings[name])
    ]


def _is_filled(value: Value) -> bool:
    return bool(str(value).strip())


def _is_one_line(value: Value) -> bool:
    # What some program takes for the end of a line may stand in no header (RFC 5322, 2.2).
    text = str(value)
    return "\0" not in text and text.splitlines() in ([], [text])


def _is_address(value: Value) -> bool:
    try:
        addresses.parse(str(value))
    except Invalid:
        return False
    return True


def _is_empty_or_address(value: Value) -> bool:
    return not value or _is_address(value)


def _is_empty_or_file(value: Value) -> bool:
    return not value or (Path(str(value)).is_file() and os.access(str(value), os.R_OK))


def _are_addresses(value: Value) -> bool:
    return isinstance(value, list) and all(_is_address(each) for each in value)


def _are_texts(value: Value) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each for each in value)


def _is_domain(value: Value) -> bool:
    return _is_address(f"rebond@{value}")


def _is_empty_or_domain(value: Value) -> bool:
    return not value or (str(value).isascii() and _is_domain(value))


def _is_site(value: Value) -> bool:
    try:
        url = urlsplit(str(value))
        return url.scheme in {"http", "https"} and bool(url.hostname) and url.port != 0
    except ValueError:
        return False


def _is_empty_or_site(value: Value) -> bool:
    return not value or _is_site(value)


def _is_calendar(value: Value) -> bool:
    return value in rulebook.load().calendars


def _are_networks(value: Value) -> bool:
    try:
        return all(ip_network(each) for each in value) if isinstance(value, list) else False
    except ValueError:
        return False


def _is_plan(value: Value) -> bool:
    return isinstance(value, list) and all(map(_between(1, 10**9), value))


def _are_hours(value: Value) -> bool:
    begins, _, ends = str(value).partition("-")
    return not value or (begins != ends and bool(HOURS.fullmatch(str(value))))


def _are_webhooks(value: object) -> bool:
    if not isinstance(value, dict) or not value.keys() <= WEBHOOKS:
        return False
    return all(
        isinstance(secrets, list) and secrets and all(map(_is_long_secret, secrets))
        for secrets in value.values()
    )


def _are_roles(value: object) -> bool:
    return isinstance(value, list) and all(each in ROLES for each in value)


def _is_mapping_to_roles(value: object) -> bool:
    return isinstance(value, dict) and all(map(_are_roles, value.values()))


def _is_empty_or_issuer(value: Value) -> bool:
    # OpenID Connect Discovery, 3: https; on this machine, for trying it out, http too.
    return not value or (_is_site(value) and is_safe(urlsplit(str(value))))


def _is_long_secret(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and len(value) >= SHORTEST_SECRET


def _is_database(*starts: str) -> Callable[[Value], bool]:
    return lambda value: (
        not value or (str(value).startswith(starts) and _says_how_it_is_reached(str(value)))
    )


def _says_how_it_is_reached(url: str) -> bool:
    """Left alone, libpq goes on in plain text with a server that does not encrypt."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    asked = parse_qs(parts.query)
    host = parts.hostname or "".join(asked.get("host", []))
    is_here = not host or host.startswith("/") or is_loopback(host)
    return is_here or asked.get("sslmode", [""])[-1] in WAYS_TO_A_DATABASE


def _between(least: int, most: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and least <= value <= most


HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")
# `disable`: somebody has decided that the network between the two is closed to all others.
WAYS_TO_A_DATABASE = frozenset({"verify-full", "verify-ca", "disable"})
TO_A_DATABASE = "with ?sslmode=verify-full where it is on another machine"
# The services that bounces/providers reads.
WEBHOOKS = frozenset({"ses", "sendgrid", "mailgun", "postmark", "brevo", "mailjet", "sparkpost"})
SHORTEST_SECRET = 16
# As accounts/roles.py has them; this module stands below it.
ROLES = frozenset({"editor", "sender", "approver", "subscribers", "dpo", "admin"})
PROOF_MODES = {"off", "attack", "always"}
ADDRESS = ("an e-mail address", _is_address)
NO_LIMIT_OR_COUNT = ("a whole number, 0 for no limit", _between(0, 1_000_000_000))
COUNT = ("from 1 to 1,000,000", _between(1, 1_000_000))

MUST_BE: Mapping[str, tuple[str, Callable[[Value], bool]]] = {
    "ORGANISATION": ("the name of the organisation", _is_filled),
    "POSTAL_ADDRESS": ("a postal address", _is_filled),
    "SENDER_ADDRESS": ADDRESS,
    "SENDER_NAME": ("on one line", _is_one_line),
    "DPO_ADDRESS": ADDRESS,
    "DPO_DEPUTY_ADDRESS": ("empty, or an e-mail address", _is_empty_or_address),
    "SECURITY_ADDRESS": ADDRESS,
    "ACCESSIBILITY_ADDRESS": ADDRESS,
    "ACCESSIBILITY_PLAN": (
        "empty, or an address that begins with https:// or http://",
        _is_empty_or_site,
    ),
    "MONITORED_MAILBOXES": ("e-mail addresses", _are_addresses),
    "HOLIDAY_CALENDAR": ('"metropole" or "alsace_moselle"', _is_calendar),
    "BASE_URL": ("an address that begins with https:// or http://", _is_site),
    "PROXIES": ("from 0 to 100", _between(0, 100)),
    "DATABASE_URL": (
        f'empty, or begin with "postgresql+psycopg://" or "sqlite:///", {TO_A_DATABASE}',
        _is_database("postgresql+psycopg://", "sqlite:///"),
    ),
    "QUEUE_URL": (
        f'empty, or begin with "postgresql://", {TO_A_DATABASE}',
        _is_database("postgresql://"),
    ),
    "SMTP_PORT": ("a port, from 1 to 65535", _between(1, 65_535)),
    "SMTP_CONNECTIONS": COUNT,
    "SMTP_CARRIER": ('"pipelined" or "smtplib"', {"pipelined", "smtplib"}.__contains__),
    "SMTP_SECONDS_PER_MAIL": COUNT,
    "SENDING_PER_SECOND": NO_LIMIT_OR_COUNT,
    "SENDING_PER_HOUR": NO_LIMIT_OR_COUNT,
    "SENDING_PER_DAY": NO_LIMIT_OR_COUNT,
    "SENDING_WARM_UP": ("numbers of mails, one for each day", _is_plan),
    "QUIET_HOURS": ('empty, or hours such as "22:00-07:00"', _are_hours),
    "IMAP_PORT": ("a port, from 1 to 65535", _between(1, 65_535)),
    "IMAP_USERS": ("texts", _are_texts),
    "IMAP_PASSWORDS": ("texts", _are_texts),
    "IMAP_FOLDER": ("the name of a folder", _is_filled),
    "IMAP_MAX_MEGABYTES": ("from 1 to 100", _between(1, 100)),
    "RETURN_PATH_DOMAIN": ("a domain", _is_domain),
    "BOUNCE_WEBHOOKS": (
        "known services, each with a list of secrets of 16 characters or more",
        _are_webhooks,
    ),
    "WEBHOOK_MAX_MEGABYTES": ("from 1 to 100", _between(1, 100)),
    "DKIM_DOMAIN": ("empty, or a domain in ASCII", _is_empty_or_domain),
    "TRACKING": (
        '"none", "aggregate", "last_open_date" or "individual"',
        frozenset({"none", "aggregate", "last_open_date", "individual"}).__contains__,
    ),
    "TRACKING_PURPOSE": ("what the measure is for", _is_filled),
    "TRACKING_PURPOSE_EN": ("what the measure is for, in English", _is_filled),
    "LEAKED_PASSPHRASES": ("empty, or a file that can be read", _is_empty_or_file),
    "SECOND_FACTOR_ROLES": ("roles", _are_roles),
    "OIDC_ISSUER": ("empty, or an address that begins with https://", _is_empty_or_issuer),
    "OIDC_NAME": ("the name on the button", _is_filled),
    "OIDC_SHAPE": (
        '"standard", "keycloak" or "proconnect"',
        frozenset({"standard", "keycloak", "proconnect"}).__contains__,
    ),
    "OIDC_ROLES": ("groups, each with a list of roles", _is_mapping_to_roles),
    "OIDC_SECOND_FACTOR": ("texts", _are_texts),
    "OUTGOING_ALLOWED_NETWORKS": ('networks such as "10.20.0.0/16"', _are_networks),
    "FORM_MIN_SECONDS": ("from 0 to 3,600", _between(0, 3600)),
    "FORM_MAX_HOURS": COUNT,
    "CONFIRMATION_MINUTES_APART": ("from 0 to 1,000,000", _between(0, 1_000_000)),
    "CONFIRMATIONS_A_DAY": COUNT,
    "POSTS_A_MINUTE": COUNT,
    "POSTS_AN_HOUR": COUNT,
    "MAILS_TO_A_DOMAIN_AN_HOUR": COUNT,
    "MAILS_ASKED_AN_HOUR": COUNT,
    "PROOF_OF_WORK": ('"off", "attack" or "always"', lambda value: value in PROOF_MODES),
    "PROOF_OF_WORK_NUMBERS": COUNT,
    "LINK_POSTS_A_MINUTE": COUNT,
    "LINK_POSTS_AN_HOUR": COUNT,
    "WEBHOOK_POSTS_A_MINUTE": COUNT,
    "WEBHOOK_POSTS_AN_HOUR": COUNT,
    "API_REQUESTS_A_MINUTE": COUNT,
    "SIGN_INS_A_MINUTE": COUNT,
    "SIGN_INS_AN_HOUR": COUNT,
}
