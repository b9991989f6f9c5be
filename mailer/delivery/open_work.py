"""The campaigns that somebody of the desk decided, and series set going, that have not ended."""

from collections.abc import Iterator

from flask_babel import ngettext
from sqlalchemy import func, select

from mailer.accounts.people import Work
from mailer.db import db
from mailer.delivery.models import Campaign
from mailer.delivery.sequence_models import Sequence
from mailer.delivery.sequence_rules import BEGINNING
from mailer.delivery.states import MOVING


def of(account_id: int) -> Iterator[Work]:
    """How many there are; they go on without their author."""
    decided = select(func.count()).where(
        Campaign.created_by == account_id, Campaign.state.in_(MOVING)
    )
    number = db.session.scalar(decided) or 0
    said = ngettext(
        "%(num)s envoi décidé, qui partira ou continuera sans son auteur",
        "%(num)s envois décidés, qui partiront ou continueront sans leur auteur",
        number,
    )
    yield Work(said, "delivery.campaigns", number)
    yield _series(account_id)


def _series(account_id: int) -> Work:
    going = select(func.count()).where(
        Sequence.confirmed_by == account_id, Sequence.state.not_in(BEGINNING)
    )
    number = db.session.scalar(going) or 0
    said = ngettext(
        "%(num)s série pour nouveaux abonnés mise en marche, qui continuera",
        "%(num)s séries pour nouveaux abonnés mises en marche, qui continueront",
        number,
    )
    return Work(said, "delivery.sequences", number)
