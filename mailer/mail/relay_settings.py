"""What the settings say of relays, refused when it makes no sense or would show what is secret."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from mailer.mail.relays import CHECKED, Relay
from mailer.networks import is_loopback
from mailer.settings import BadSetting

# The name of the relay of SMTP_HOST.
ONLY = "principal"

# How a relay is spoken to.
SECURITIES = ("verify", "tls", "opportunistic", "plain")


def configured(config: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Relay]:
    """The relays of the settings, by name, the first one first; raises BadSetting."""
    shared = {
        "client_name": config["SENDER_ADDRESS"].rpartition("@")[2],
        "connections": config["SMTP_CONNECTIONS"],
        "seconds_per_mail": config["SMTP_SECONDS_PER_MAIL"],
    }
    if not config["SMTP_RELAYS"]:
        relays = [_checked("SMTP_SECURITY", _only(config, shared))]
    else:
        relays = [_read(n, given, shared, environ) for n, given in enumerate(config["SMTP_RELAYS"])]
    found = {relay.name: relay for relay in relays}
    if len(found) != len(relays):
        raise BadSetting("SMTP_RELAYS must give each relay a name of its own")
    return found


def _only(config: Mapping[str, Any], shared: Mapping[str, Any]) -> Relay:
    return Relay(
        ONLY,
        config["SMTP_HOST"],
        config["SMTP_PORT"],
        security=config["SMTP_SECURITY"],
        user=config["SMTP_USER"],
        password=config["SMTP_PASSWORD"],
        **shared,
    )


def _read(n: int, given: Any, shared: Mapping[str, Any], environ: Mapping[str, str]) -> Relay:
    name = given.get("name") if isinstance(given, dict) else None
    if not _is_name(name):
        raise BadSetting(f'SMTP_RELAYS[{n}] must have a "name" of letters, digits, "-" and "_"')
    where = f'SMTP_RELAYS "{name}"'
    values = dict(given)
    if variable := values.pop("password_from", ""):
        if "password" in values or variable not in environ:
            raise BadSetting(f"{where}: password_from must name a variable that is set, alone")
        values["password"] = environ[variable]
    if unknown := values.keys() - WORDS.keys():
        raise BadSetting(f"{where} knows {', '.join(WORDS)}, not {', '.join(sorted(unknown))}")
    if missing := {"host", "security"} - values.keys():
        raise BadSetting(f"{where} lacks {', '.join(sorted(missing))}")
    for word, value in values.items():
        sentence, fits = WORDS[word]
        if not fits(value):
            raise BadSetting(f"{where}: {word} must be {sentence}")
    return _checked(f"{where}: security", Relay(**{**shared, **_typed(values)}))


def _typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, as a relay holds them: what comes from a variable is written in JSON."""
    typed = dict(values)
    for word in ("senders", "recipients"):
        typed[word] = tuple(domain.lower() for domain in values.get(word, ()))
    if isinstance(day := values.get("warm_up_from"), str):
        typed["warm_up_from"] = date.fromisoformat(day)
    return typed


def _checked(where: str, relay: Relay) -> Relay:
    """The relay; raises BadSetting when letters, or its password, could be read on the way."""
    if relay.security not in SECURITIES:
        raise BadSetting(f"{where} must be one of {', '.join(SECURITIES)}")
    if is_loopback(relay.host) or relay.security in CHECKED:
        return relay
    if relay.security == "plain":
        raise BadSetting(f'{where} "plain" is for a relay on this machine only')
    if relay.user:
        raise BadSetting(f'{where} must be "verify" or "tls" where there is a password to show')
    return relay


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.replace("-", "_").isidentifier()


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _at_least(least: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and value >= least


def _is_port(value: Any) -> bool:
    return type(value) is int and 0 < value <= 65_535  # noqa: PLR2004 - the ports there are


def _are_domains(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(map(_is_domain, value))


def _is_domain(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and "." in value and "@" not in value


def _is_day(value: Any) -> bool:
    try:
        return type(value) is date or bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


COUNT = ("a whole number, 1 or more", _at_least(1))
LIMIT = ("a whole number; 0 is no limit", _at_least(0))
DOMAINS = ("a list of domains in ASCII", _are_domains)

# What the settings may say of a relay, beside where its password stands.
WORDS: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "name": ("a name", _is_name),
    "host": ("the name of a host", _is_filled),
    "port": ("a port, from 1 to 65535", _is_port),
    "security": (f"one of {', '.join(SECURITIES)}", _is_text),
    "user": ("a text", _is_text),
    "password": ("a text", _is_text),
    "connections": COUNT,
    "mails_per_connection": LIMIT,
    "seconds_per_mail": COUNT,
    "weight": COUNT,
    "senders": DOMAINS,
    "recipients": DOMAINS,
    "per_second": LIMIT,
    "per_hour": LIMIT,
    "per_day": LIMIT,
    "warm_up_from": ('a day, such as "2026-03-02"', _is_day),
}
