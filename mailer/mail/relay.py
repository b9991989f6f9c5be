"""The carrier that this application uses: SMTP, to the relay of the settings, signed."""

from ipaddress import ip_address

from flask import Flask, current_app

from mailer.mail import dkim_keys
from mailer.mail import relays as relays_module
from mailer.mail.transports import Transport
from mailer.mail.transports.opening import Relay
from mailer.mail.transports.signed import Signed
from mailer.mail.transports.smtp import Smtp
from mailer.settings import BadSetting

KEY = "mail-transport"
SIGNATURES = "mail-signatures"
SECURITY = ("plain", "starttls", "tls")


def transport() -> Transport:
    """The carrier of every mail, which signs as soon as there is a key.

    Whoever captures mails puts another one in its place.
    """
    carrier: Transport = current_app.extensions[KEY]
    keys = current_app.extensions[SIGNATURES]
    return Signed(carrier, keys) if keys else carrier


def relays() -> dict[str, relays_module.Relay]:
    """The relays of the settings, by name."""
    return {"principal": relays_module.Relay("principal", "127.0.0.1")}


def install(app: Flask) -> None:
    """Choose the carrier and the keys.

    Raises BadSetting for a relay that letters must not be shown to, or a key that others can read.
    """
    config = app.config
    if config["SMTP_SECURITY"] not in SECURITY:
        raise BadSetting(f"SMTP_SECURITY must be one of {', '.join(SECURITY)}")
    if config["SMTP_SECURITY"] == "plain" and not is_loopback(config["SMTP_HOST"]):
        raise BadSetting('SMTP_SECURITY "plain" is for a relay on this machine only')
    app.extensions[SIGNATURES] = dkim_keys.signing(config)
    app.extensions[KEY] = Smtp(
        Relay(
            host=config["SMTP_HOST"],
            port=config["SMTP_PORT"],
            security=config["SMTP_SECURITY"],
            user=config["SMTP_USER"],
            password=config["SMTP_PASSWORD"],
            client_name=config["SENDER_ADDRESS"].rpartition("@")[2],
            connections=config["SMTP_CONNECTIONS"],
            seconds_per_mail=config["SMTP_SECONDS_PER_MAIL"],
        )
    )


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
