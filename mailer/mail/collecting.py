"""Each mail of a POP3 mailbox, once: it is deleted there only after what it tells is kept.

list | take and remember its name, one commit | delete | forget the names that are gone
"""

from collections.abc import Collection

from sqlalchemy import delete, select

from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail import pop3
from mailer.mail.imap import Arrived, Mailbox, UnreachableError, UnreadableError
from mailer.mail.models import CollectedMail
from mailer.mail.pop3 import Listed, Session
from mailer.mail.reading import MOST, PATIENCE, Take


def collect(mailbox: Mailbox, take: Take) -> int:
    """Hand each new mail to `take` once, in a transaction of its own; says how many there were.

    What cannot be fetched is handed over without its content, and stays. Raises UnreachableError.
    """
    with pop3.opened(mailbox) as session:
        listed = session.mails()
        _forget(mailbox, {each.uidl for each in listed})
        known = _known(mailbox)
        taken = 0
        for each in listed:
            if each.uidl not in known and taken < MOST:
                taken += _taken(mailbox, session, each, take)
            elif known.get(each.uidl):
                session.delete(each.number)
    return taken


def _known(mailbox: Mailbox) -> dict[str, bool]:
    """The names of the mails that were taken in, with whether they were there to be read."""
    rows = db.session.execute(
        select(CollectedMail.uidl, CollectedMail.is_read).where(
            CollectedMail.mailbox == mailbox.name, CollectedMail.taken_at.is_not(None)
        )
    ).all()
    # No transaction stays open while a server is waited for.
    db.session.rollback()
    return dict(rows)


def _forget(mailbox: Mailbox, present: Collection[str]) -> None:
    """Drop the names of the mails that are there no more."""
    with transaction():
        names = select(CollectedMail.uidl).where(CollectedMail.mailbox == mailbox.name)
        gone = set(db.session.scalars(names)) - set(present)
        for uidl in gone:
            of_it = (CollectedMail.mailbox == mailbox.name, CollectedMail.uidl == uidl)
            db.session.execute(delete(CollectedMail).where(*of_it))


def _taken(mailbox: Mailbox, session: Session, each: Listed, take: Take) -> bool:
    found, is_read = _fetched(mailbox, session, each)
    # Before it is made: a mail that nothing can take counts too, and holds up none behind it.
    _count(mailbox, each.uidl)
    with transaction():
        row = _held(mailbox, each.uidl)
        if row.taken_at:
            return False
        take(found)
        row.taken_at, row.is_read = now(), is_read
    if is_read:
        session.delete(each.number)
    return True


def _fetched(mailbox: Mailbox, session: Session, each: Listed) -> tuple[Arrived, bool]:
    """The mail and whether it is there; of one that breaks the session off thrice, only its name.

    A server that breaks off at the same mail so often would hold up all that came after it.
    """
    nothing = Arrived(each.number, now(), 1, b"")
    if _failures(mailbox, each.uidl) >= PATIENCE:
        return nothing, False
    try:
        return session.fetch(each.number), True
    except UnreadableError:
        return nothing, False
    except UnreachableError:
        _count(mailbox, each.uidl)
        raise


def _count(mailbox: Mailbox, uidl: str) -> None:
    with transaction():
        _held(mailbox, uidl).failures += 1


def _failures(mailbox: Mailbox, uidl: str) -> int:
    row = db.session.get(CollectedMail, (mailbox.name, uidl))
    number = row.failures if row else 0
    db.session.rollback()
    return number


def _held(mailbox: Mailbox, uidl: str) -> CollectedMail:
    """The row of the mail, held for this transaction."""
    key = (mailbox.name, uidl)
    row = db.session.get(CollectedMail, key, with_for_update=True, populate_existing=True)
    if row is None:
        row = CollectedMail(mailbox=mailbox.name, uidl=uidl, failures=0, is_read=False)
        db.session.add(row)
        db.session.flush()
    return row
