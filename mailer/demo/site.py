"""What the demonstration adds to the application, and what it refuses."""

from collections.abc import Mapping

from flask import Flask

from mailer.demo import mailbox, pages
from mailer.mail.transports.receiver import LOOPBACK
from mailer.settings import BadSetting, Value

# The built-in mailbox is on the loopback, in clear, without an account.
BUILT_IN: Mapping[str, Value] = {
    "SMTP_HOST": LOOPBACK,
    "SMTP_SECURITY": "plain",
    "SMTP_USER": "",
    "SMTP_PASSWORD": "",
    "SMTP_RELAYS": [],
}


def refuse_relays(settings: Mapping[str, Value]) -> None:
    """Raise BadSetting, naming the key, when mails could leave for another relay."""
    for name, value in BUILT_IN.items():
        if settings[name] != value:
            raise BadSetting(
                f"the demonstration writes to its own mailbox only, and {name} is set: unset it"
            )


def install(app: Flask) -> None:
    """Add the mailbox and the fictional site; raises BadSetting for a relay."""
    refuse_relays(app.config)
    app.register_blueprint(mailbox.bp)
    app.register_blueprint(pages.bp)
