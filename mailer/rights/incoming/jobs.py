"""What the worker does for mails that come in: read them, and remind of those that wait."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select
from structlog import get_logger

from mailer.bounces.models import ReturnedMail
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.mail import imap, outbox, reading, watched
from mailer.mail.imap import Arrived
from mailer.rights.incoming import operations, reminder_mails, waiting
from mailer.rights.kinds import Right

# Where answers to letters come to, as the officer reads it.
RETURNS = "retours"

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


def take_in_objections() -> None:
    """Make a draft of each answer to a letter that asks for no more, once."""
    asking = (ReturnedMail.asks_to_stop, ReturnedMail.taken_in_at.is_(None))
    waiting = db.session.scalars(select(ReturnedMail.id).where(*asking)).all()
    for number in waiting:
        with transaction():
            row = db.session.scalar(
                select(ReturnedMail)
                .where(ReturnedMail.id == number, *asking)
                .with_for_update(skip_locked=True)
            )
            if row:
                _take_over(row, now())


def _take_over(row: ReturnedMail, at: datetime) -> None:
    arrived = Arrived(row.id, row.received_at, row.size, row.content)
    if draft := operations.take_in(arrived, RETURNS, at):
        draft.suggested = [*dict.fromkeys([*draft.suggested, Right.OBJECTION.value])]
    row.taken_in_at = at


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
