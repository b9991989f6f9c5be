"""Writing the record."""

from mailer.audit.models import Entry
from mailer.clock import now
from mailer.db import db


def record(actor: str, verb: str, subject: str, for_case: str = "", why: str = "") -> None:
    """Note that the actor (`account:3`, `subject`, `job:send`) did the verb to `subscriber:12`.

    `for_case` names the case that it was done for (`request:12`), where that is not the subject.
    """
    at = now()
    db.session.add(
        Entry(at=at, actor=actor, verb=verb, subject=subject, for_case=for_case, why=why)
    )
