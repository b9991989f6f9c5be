"""What can go wrong in the domains: few kinds, mapped to HTTP in one place (web/errors.py)."""

from datetime import datetime


class MailerError(Exception):
    """A refusal that a person can be told about."""


class NotFound(MailerError):
    """What was named does not exist, or is not for the one who asks."""


class Invalid(MailerError):
    """What was given cannot be accepted as it is."""


class Conflict(MailerError):
    """What was asked no longer fits the state of things."""


class Expired(MailerError):
    """What was given was right once, and its time is over."""


class Busy(MailerError):
    """What was asked may be asked again from that time on (web/limits.py answers it)."""

    def __init__(self, until: datetime) -> None:
        super().__init__("busy")
        self.until = until
