"""Which carrier this application uses."""

from flask import current_app

from mailer.mail.transports import Transport

KEY = "mail-transport"


def transport() -> Transport:
    """The carrier of mails; a test puts its own in `app.extensions["mail-transport"]`."""
    carrier: Transport = current_app.extensions[KEY]
    return carrier
