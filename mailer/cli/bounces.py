"""`mailer bounces`: the ways in for mails that come back, beside the mailbox."""

import signal
import sys

import click
from sqlalchemy.exc import OperationalError
from structlog import get_logger

from mailer import shutdown
from mailer.bounces import incoming, listening, lmtp
from mailer.cli.opened import opened
from mailer.clock import now
from mailer.db import transaction
from mailer.mail.imap import Arrived

# Mail servers try again later (sysexits.h, EX_TEMPFAIL).
TRY_LATER = 75
EXAMPLES = """\b
EXAMPLES
  mailer bounces read < retour.eml
\b
  # Postfix, master.cf: ${recipient} is the return-path.
  mailer  unix  -  n  n  -  2  pipe
    user=mailer argv=/opt/mailer/bin/mailer bounces read --recipient ${recipient}
\b
  # ~/.forward of the account that the return-paths lead to (Postfix, Exim).
  "|/opt/mailer/bin/mailer bounces read"
"""

log = get_logger()


@click.group()
def bounces() -> None:
    """Take in the mails that come back."""


@bounces.command(epilog=EXAMPLES)
@click.option("--recipient", default="", help="The recipient of the envelope, if it is known.")
def read(recipient: str) -> None:
    """Take in one mail from the standard input.

    Ends with 0 once what it tells is kept, with 75 when the database is away.
    """
    with opened() as app:
        most = app.config["BOUNCE_MAX_MEGABYTES"] * 1_000_000
        content = sys.stdin.buffer.read(most)
        # Whoever writes gets no broken pipe for a mail that is too long.
        size = len(content) + _rest()
        at = now()
        try:
            with transaction():
                incoming.take(Arrived(0, at, size, content), at, recipient)
        except OperationalError:
            log.warning("returns.database_away")
            sys.exit(TRY_LATER)


@bounces.command()
def listen() -> None:
    """Take mails by LMTP, and from the mailbox as soon as they come (IMAP IDLE), until stopped."""
    with opened() as app:
        stopping = shutdown.stopping(app)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        with lmtp.served(app):
            log.info("returns.listening")
            listening.listen(app.config["BOUNCE_MAILBOX_PROTOCOL"], stopping)


def _rest() -> int:
    size = 0
    while piece := sys.stdin.buffer.read(1_000_000):
        size += len(piece)
    return size
