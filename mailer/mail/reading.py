"""Each new mail of a mailbox, once: what was read is remembered with what became of it.

where reading stopped | fetch, no transaction open | take and remember, one commit | flag or move
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mailer import rulebook
from mailer.clock import add_months, now, paris_day
from mailer.db import db, transaction
from mailer.mail import imap
from mailer.mail.imap import Arrived, Mailbox, Session
from mailer.mail.models import MailboxPosition

# The worker's other jobs need not wait longer.
MOST = 100
# A server that breaks off at the same mail so often would hold up all that came after it.
PATIENCE = 3

Take = Callable[[Arrived], None]


@dataclass(frozen=True)
class Place:
    """How far a mailbox has been read, and at which mail the server breaks off again and again."""

    uidvalidity: int
    last_uid: int
    read_at: datetime
    hopeless_uid: int


def read(mailbox: Mailbox, take: Take) -> int:
    """Hand each new mail to `take` once, in a transaction of its own; says how many there were.

    What cannot be fetched is handed over without its content. Raises imap.UnreachableError.
    """
    place = _place(mailbox)
    with imap.opened(mailbox) as session:
        numbers = _new(mailbox, session, place)
        for uid in numbers:
            is_hopeless = place is not None and uid == place.hopeless_uid
            found = _nothing(uid) if is_hopeless else _fetched(mailbox, session, uid)
            if found and _taken(mailbox, session.uidvalidity, found, take):
                session.settle(uid)
    return len(numbers)


def wait(mailbox: Mailbox, is_over: Callable[[], bool]) -> None:
    """Return once something may be new there, or `is_over`. Raises imap.UnreachableError."""
    place = _place(mailbox)
    with imap.opened(mailbox) as session:
        is_known = place is not None and place.uidvalidity == session.uidvalidity
        if is_known and not (place and session.after(place.last_uid)):
            session.wait(is_over)


def _place(mailbox: Mailbox) -> Place | None:
    row = db.session.get(MailboxPosition, mailbox.name)
    place = _read_off(row) if row else None
    # No transaction stays open while a server is waited for.
    db.session.rollback()
    return place


def _read_off(row: MailboxPosition) -> Place:
    hopeless = row.failing_uid if row.failures >= PATIENCE else 0
    return Place(row.uidvalidity, row.last_uid, row.read_at, hopeless)


def _new(mailbox: Mailbox, session: Session, place: Place | None) -> list[int]:
    """The next mails to read; the place is remembered even where there are none."""
    if place and place.uidvalidity == session.uidvalidity:
        return session.after(place.last_uid)[:MOST]
    numbers = session.since(_long_before(place.read_at if place else now()))
    first = numbers[0] if numbers else session.next_uid
    with transaction():
        row = _held(mailbox)
        row.uidvalidity, row.last_uid = session.uidvalidity, first - 1
    return numbers[:MOST]


def _long_before(at: datetime) -> date:
    """From when a mailbox is read for the first time, or once its mails have new numbers.

    Twice the time to answer: what is late must be seen too. Whoever takes mails knows those taken.
    """
    return add_months(paris_day(at), -2 * rulebook.load().figures.answer_months.value)


def _fetched(mailbox: Mailbox, session: Session, uid: int) -> Arrived | None:
    try:
        return session.fetch(uid)
    except imap.UnreadableError:
        return _nothing(uid)
    except imap.UnreachableError:
        _count(mailbox, uid)
        raise


def _count(mailbox: Mailbox, uid: int) -> None:
    """Count that the mail was tried; so often, and it is handed over without its content."""
    with transaction():
        row = _held(mailbox)
        row.failures = row.failures + 1 if row.failing_uid == uid else 1
        row.failing_uid = uid


def _nothing(uid: int) -> Arrived:
    """A mail of which only is known that it came, now at the latest."""
    return Arrived(uid, now(), 1, b"")


def _taken(mailbox: Mailbox, uidvalidity: int, found: Arrived, take: Take) -> bool:
    """Take the mail and remember it, unless another worker has done so meanwhile.

    The try counts before it is made: a mail that nothing can take, not even without ending the
    worker, must not hold up those behind it.
    """
    _count(mailbox, found.uid)
    with transaction():
        row = _held(mailbox)
        if row.uidvalidity != uidvalidity or row.last_uid >= found.uid:
            return False
        take(found)
        row.last_uid, row.read_at = found.uid, now()
    return True


def _held(mailbox: Mailbox) -> MailboxPosition:
    """The row of the mailbox, held for this transaction."""
    row = db.session.get(
        MailboxPosition, mailbox.name, with_for_update=True, populate_existing=True
    )
    if row is None:
        row = MailboxPosition(
            mailbox=mailbox.name,
            uidvalidity=0,
            last_uid=0,
            read_at=now(),
            failing_uid=0,
            failures=0,
        )
        db.session.add(row)
    return row
