"""Reading the record."""

from collections.abc import Sequence

from sqlalchemy import select

from mailer.audit.models import Entry
from mailer.db import db


def history_of(subject: str) -> Sequence[Entry]:
    """What was done to the thing, oldest first."""
    return db.session.scalars(
        select(Entry).where(Entry.subject == subject).order_by(Entry.id)
    ).all()
