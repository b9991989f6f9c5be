"""Reading the record for those who watch over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import func, or_, select

from mailer.accounts import queries as accounts
from mailer.accounts.keys import queries as keys
from mailer.audit.models import Check, Entry
from mailer.db import db
from mailer.oversight.volume import Burst, Seen, unusual

# What somebody may look at that is one person, or what one person sent or asked.
PEOPLE = (
    "subscriber",
    "request",
    "proof",
    "fingerprint",
    "suppression",
    "returned_mail",
    "incoming_mail",
)
# The verbs of who looks, whether or not the page says why.
LOOKS = (
    "look",
    "look-returns",
    "previewed_as",
    "read",
    "read-document",
    "read-letter",
    "read-original",
    "read-returned",
    "reveal-address",
    "take",
)
IS_NAMED = or_(Entry.actor.startswith(accounts.ACTOR), Entry.actor.startswith(keys.ACTOR))


@dataclass(frozen=True)
class Looker:
    """Somebody who looked at a case: how often, and when last."""

    actor: str
    times: int
    last: datetime


def last_check() -> Check | None:
    """When the chain was last verified, and what was found."""
    return db.session.scalars(select(Check).order_by(Check.id.desc()).limit(1)).first()


def bursts(since: datetime) -> dict[str, Burst]:
    """Who looked at unusually many people within an hour since then."""
    found = (
        select(Entry.actor, Entry.subject, Entry.at)
        .where(
            Entry.at > since,
            Entry.verb.in_(LOOKS),
            Entry.actor.startswith(accounts.ACTOR),
            or_(*(Entry.subject.startswith(f"{kind}:", autoescape=True) for kind in PEOPLE)),
        )
        .order_by(Entry.at, Entry.id)
    )
    looks = (Seen(*row) for row in db.session.execute(found))
    return dict(unusual(looks, current_app.config["ALERT_PEOPLE_SEEN_AN_HOUR"]))


def lookers(subject: str) -> Sequence[Looker]:
    """Who of the desk, and which program, looked at the thing or for it; the last first."""
    found = (
        select(Entry.actor, func.count(), func.max(Entry.at))
        .where(
            or_(Entry.subject == subject, Entry.for_case == subject),
            Entry.verb.in_(LOOKS),
            IS_NAMED,
        )
        .group_by(Entry.actor)
        .order_by(func.max(Entry.at).desc())
    )
    return [Looker(*row) for row in db.session.execute(found)]


def actors() -> Sequence[str]:
    """Everybody of the desk, and every program, whom the record knows."""
    found = select(Entry.actor).where(IS_NAMED).distinct()
    return db.session.scalars(found.order_by(Entry.actor)).all()
