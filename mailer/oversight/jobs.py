"""What the worker does to watch over the looks."""

from datetime import timedelta

from sqlalchemy import exists, select
from structlog import get_logger

from mailer.accounts.queries import names_of
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.mail import outbox
from mailer.mail.models import OutboxMessage
from mailer.oversight import emails, queries

log = get_logger()

JOB = "watch-looks"
A_DAY = timedelta(days=1)


def watch_looks() -> None:
    """Tell the officer, once a day, who looked at unusually many people within an hour."""
    at = now()
    origin = f"looks:{paris_day(at)}"
    with transaction():
        bursts = queries.bursts(at - A_DAY)
        told = db.session.scalar(select(exists().where(OutboxMessage.origin == origin)))
        if not bursts or told:
            return
        outbox.put(emails.unusual(bursts, names_of(bursts)), origin=origin)
    log.warning("audit.unusual_looks", people=len(bursts))
