"""What the worker does for the record by itself."""

from mailer.clock import now
from mailer.db import transaction
from mailer.register import operations


def keep_register() -> None:
    """Keep a version of the record when the configuration has changed."""
    with transaction():
        operations.keep(now())
