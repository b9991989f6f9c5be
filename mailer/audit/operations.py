"""Writing the record."""

from mailer.audit.models import Entry
from mailer.clock import now
from mailer.db import db


def record(actor: str, verb: str, subject: str) -> None:
    """Note that the actor (`account:3`, `subject`, `job:send`) did the verb to `case:12`."""
    db.session.add(Entry(at=now(), actor=actor, verb=verb, subject=subject))
