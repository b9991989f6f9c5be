"""The automatic letters that somebody of the desk set going."""

from collections.abc import Iterator

from flask_babel import ngettext
from sqlalchemy import func, select

from mailer.accounts.people import Work
from mailer.db import db
from mailer.newsletters.digest_models import Digest


def of(account_id: int) -> Iterator[Work]:
    """How many there are; they go on, and nobody answers for them."""
    started = select(func.count()).where(
        Digest.confirmed_by == account_id, Digest.started_at.is_not(None)
    )
    number = db.session.scalar(started) or 0
    said = ngettext(
        "%(num)s lettre automatique mise en marche, qui continuera",
        "%(num)s lettres automatiques mises en marche, qui continueront",
        number,
    )
    yield Work(said, "newsletters.automatic", number)
