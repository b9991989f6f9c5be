"""What the worker does for mails that come in: read them, and remind of those that wait."""

from collections.abc import Callable

from structlog import get_logger

from mailer.clock import now, paris_day
from mailer.db import transaction
from mailer.mail import imap, outbox, reading, watched
from mailer.mail.imap import Arrived
from mailer.rights.incoming import operations, reminder_mails, waiting

log = get_logger()


def read_mailboxes() -> None:
    """Take in what is new in each watched mailbox; one that cannot be read stops no other."""
    for number, mailbox in enumerate(watched.mailboxes(), 1):
        try:
            taken = reading.read(mailbox, _into(mailbox.user))
        except imap.UnreachableError as error:
            log.warning("incoming.unreachable", mailbox=number, kind=str(error))
        else:
            if taken:
                log.info("incoming.read", mailbox=number, mails=taken)


def _into(mailbox: str) -> Callable[[Arrived], None]:
    def take(arrived: Arrived) -> None:
        operations.take_in(arrived, mailbox, now())

    return take


def remind_of_mails() -> None:
    """Tell the officer of drafts that have waited longer than two working days; once a day."""
    today = paris_day(now())
    with transaction():
        late = waiting.remind(today)
        if not late:
            return
        message = reminder_mails.reminder([waiting.due(each) for each in late], today)
        outbox.put(message, origin="job:remind-of-mails")
    log.info("incoming.officer_reminded", mails=len(late))
