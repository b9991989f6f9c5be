"""The mailbox of returns, read as soon as something comes rather than each minute."""

from threading import Event

from structlog import get_logger

from mailer.bounces import jobs, mailbox
from mailer.mail import imap, reading

# A server that is away is asked again after as many seconds.
AGAIN = 60

log = get_logger()


def listen(protocol: str, stopping: Event) -> None:
    """Read the mailbox whenever its server speaks, until it is time to stop."""
    found = mailbox.configured() if protocol == "imap" else None
    while not stopping.is_set():
        if found is None:
            stopping.wait()
            return
        jobs.read_returns()
        try:
            reading.wait(found, stopping.is_set)
        except imap.UnreachableError as error:
            log.warning("returns.unreachable", kind=str(error))
            stopping.wait(AGAIN)
