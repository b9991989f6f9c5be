"""The carrier that this application uses: SMTP, to the relays of the settings, signed."""

import os

from flask import Flask, current_app

from mailer.mail import dkim_keys
from mailer.mail.relay_settings import configured
from mailer.mail.relays import Relay
from mailer.mail.transports import Transport
from mailer.mail.transports.signed import Signed
from mailer.mail.transports.smtp import Smtp
from mailer.mail.transports.stepwise import Stepwise

KEY = "mail-transport"
RELAYS = "mail-relays"
SIGNATURES = "mail-signatures"
CARRIERS = {"pipelined": Smtp, "smtplib": Stepwise}


def transport() -> Transport:
    """The carrier of every mail, which signs as soon as there is a key.

    Whoever captures mails puts another one in its place.
    """
    carrier: Transport = current_app.extensions[KEY]
    keys = current_app.extensions[SIGNATURES]
    return Signed(carrier, keys) if keys else carrier


def relays() -> dict[str, Relay]:
    """The relays of the settings, by name."""
    found: dict[str, Relay] = current_app.extensions[RELAYS]
    return found


def install(app: Flask) -> None:
    """Choose the carrier and the keys.

    Raises BadSetting for a relay that letters must not be shown to, or a key that others can read.
    """
    app.extensions[SIGNATURES] = dkim_keys.signing(app.config)
    app.extensions[RELAYS] = configured(app.config, os.environ)
    carrier = CARRIERS[app.config["SMTP_CARRIER"]]
    app.extensions[KEY] = carrier(*app.extensions[RELAYS].values())
