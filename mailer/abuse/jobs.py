"""One mail an hour, as long as a ceiling is near."""

from structlog import get_logger

from mailer.abuse import emails
from mailer.clock import now
from mailer.db import db, transaction
from mailer.mail import outbox
from mailer.web import counters
from mailer.web.counters import ALARM, EVERYBODY, HOUR, Counter, window

TOLD = "alarm told"

log = get_logger()


def warn() -> None:
    """Tell who looks after the service that a ceiling is near, once in that hour."""
    at = now()
    alarm = window(ALARM, EVERYBODY, HOUR, at)
    told = window(TOLD, EVERYBODY, HOUR, at)
    with transaction():
        if db.session.get(Counter, (ALARM, EVERYBODY, alarm.starts_at)) is None:
            return
        if counters.count([told])[told] == 1:
            outbox.put(emails.alarm(), origin="abuse")
            log.warning("abuse.alarm")
