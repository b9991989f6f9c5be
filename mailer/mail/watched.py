"""The mailboxes that the settings name, to be read for requests."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app

from mailer.mail.imap import Mailbox
from mailer.networks import is_loopback
from mailer.settings import BadSetting

KEY = "watched-mailboxes"
SECURITY = ("plain", "starttls", "tls")


def mailboxes() -> tuple[Mailbox, ...]:
    """The mailboxes, in the order of the settings; none when no server is named."""
    found: tuple[Mailbox, ...] = current_app.extensions[KEY]
    return found


def install(app: Flask) -> None:
    """Know the mailboxes; raises BadSetting for a server that a password must not be shown to."""
    app.extensions[KEY] = configured(app.config)


def configured(config: Mapping[str, Any]) -> tuple[Mailbox, ...]:
    """The mailboxes of the settings; raises BadSetting."""
    if config["IMAP_SECURITY"] not in SECURITY:
        raise BadSetting(f"IMAP_SECURITY must be one of {', '.join(SECURITY)}")
    host, users, passwords = config["IMAP_HOST"], config["IMAP_USERS"], config["IMAP_PASSWORDS"]
    if host and config["IMAP_SECURITY"] == "plain" and not is_loopback(host):
        raise BadSetting('IMAP_SECURITY "plain" is for a server on this machine only')
    if bool(host) != bool(users):
        raise BadSetting("IMAP_HOST and IMAP_USERS go together: name both, or neither")
    if len(users) != len(passwords) or len(set(users)) != len(users):
        raise BadSetting("IMAP_PASSWORDS must be one for each of IMAP_USERS, in the same order")
    return tuple(
        Mailbox(
            host=host,
            port=config["IMAP_PORT"],
            security=config["IMAP_SECURITY"],
            user=user,
            password=password,
            folder=config["IMAP_FOLDER"],
            done_folder=config["IMAP_DONE_FOLDER"],
            most_bytes=config["IMAP_MAX_MEGABYTES"] * 1_000_000,
        )
        for user, password in zip(users, passwords, strict=True)
    )
