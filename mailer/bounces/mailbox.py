"""The mailbox that the settings name, which takes the mails that come back."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app

from mailer.mail.imap import Mailbox
from mailer.mail.watched import SECURITY
from mailer.networks import is_loopback
from mailer.settings import BadSetting

KEY = "returns-mailbox"
PROTOCOLS = ("imap", "pop3")


def configured() -> Mailbox | None:
    """The mailbox; None when no server is named."""
    found: Mailbox | None = current_app.extensions[KEY]
    return found


def install(app: Flask) -> None:
    """Know the mailbox; raises BadSetting for a server that a password must not be shown to."""
    app.extensions[KEY] = read(app.config)


def read(config: Mapping[str, Any]) -> Mailbox | None:
    """The mailbox of the settings; raises BadSetting."""
    host, security = config["BOUNCE_MAILBOX_HOST"], config["BOUNCE_MAILBOX_SECURITY"]
    if config["BOUNCE_MAILBOX_PROTOCOL"] not in PROTOCOLS:
        raise BadSetting(f"BOUNCE_MAILBOX_PROTOCOL must be one of {', '.join(PROTOCOLS)}")
    if security not in SECURITY:
        raise BadSetting(f"BOUNCE_MAILBOX_SECURITY must be one of {', '.join(SECURITY)}")
    if host and security == "plain" and not is_loopback(host):
        raise BadSetting('BOUNCE_MAILBOX_SECURITY "plain" is for a server on this machine only')
    if bool(host) != bool(config["BOUNCE_MAILBOX_USER"]):
        raise BadSetting("BOUNCE_MAILBOX_HOST and BOUNCE_MAILBOX_USER go together")
    if host == config["IMAP_HOST"] and config["BOUNCE_MAILBOX_USER"] in config["IMAP_USERS"]:
        raise BadSetting("BOUNCE_MAILBOX_USER must not be one of IMAP_USERS")
    return _mailbox(config) if host else None


def _mailbox(config: Mapping[str, Any]) -> Mailbox:
    return Mailbox(
        host=config["BOUNCE_MAILBOX_HOST"],
        port=config["BOUNCE_MAILBOX_PORT"],
        security=config["BOUNCE_MAILBOX_SECURITY"],
        user=config["BOUNCE_MAILBOX_USER"],
        password=config["BOUNCE_MAILBOX_PASSWORD"],
        folder=config["BOUNCE_MAILBOX_FOLDER"],
        done_folder=config["BOUNCE_MAILBOX_DONE_FOLDER"],
        most_bytes=config["BOUNCE_MAX_MEGABYTES"] * 1_000_000,
    )
