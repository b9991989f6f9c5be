"""The requests that somebody of the desk has taken and not closed."""

from collections.abc import Iterator

from flask_babel import ngettext
from sqlalchemy import func, select

from mailer.accounts.people import Work
from mailer.accounts.queries import actor_of
from mailer.db import db
from mailer.rights.models import RightsRequest
from mailer.rights.states import OPEN


def of(account_id: int) -> Iterator[Work]:
    """How many there are."""
    taken = select(func.count()).where(
        RightsRequest.assignee == actor_of(account_id), RightsRequest.state.in_(OPEN)
    )
    number = db.session.scalar(taken) or 0
    said = ngettext(
        "%(num)s demande sur des données personnelles, à confier à quelqu’un d’autre",
        "%(num)s demandes sur des données personnelles, à confier à quelqu’un d’autre",
        number,
    )
    yield Work(said, "rights.queue", number)
