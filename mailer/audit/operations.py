"""Writing the record."""

from datetime import timedelta

from sqlalchemy import exists, select

from mailer.audit.models import Entry
from mailer.clock import now
from mailer.db import db

# The same look at the same thing, or the same change to it, by the same person counts once within.
REPEATED = timedelta(minutes=10)


def record(actor: str, verb: str, subject: str, for_case: str = "", why: str = "") -> None:
    """Note that the actor (`account:3`, `subject`, `job:send`) did the verb to `subscriber:12`.

    `for_case` names the case that it was done for (`request:12`), where that is not the subject.
    """
    at = now()
    db.session.add(
        Entry(at=at, actor=actor, verb=verb, subject=subject, for_case=for_case, why=why)
    )


def record_once(actor: str, verb: str, subject: str) -> None:
    """The same for what is done again and again: a letter is saved at every pause of its author."""
    same = (Entry.actor == actor, Entry.verb == verb, Entry.subject == subject)
    if not db.session.scalar(select(exists().where(*same, Entry.at > now() - REPEATED))):
        record(actor, verb, subject)
