"""Looks at personal data: who saw whose, and why the page shows them.

declared on the view | told by the view while it makes its page | written after it, once in a while
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from mailer.audit.models import Entry
from mailer.audit.operations import REPEATED, record
from mailer.clock import now
from mailer.db import db, transaction

View = TypeVar("View", bound=Callable[..., object])
log = get_logger()

LISTED = "list"
SHOWN, FAILURE = 200, 400


class Why(StrEnum):
    """Why a page shows personal data."""

    # They run the lists, and help who is on them (GDPR art. 6(1)).
    LISTS = "lists"
    # Somebody asked for their rights (art. 12 to 22).
    RIGHTS = "rights"
    # What was agreed to must be shown (art. 7(1)).
    PROOF = "proof"
    # Letters that do not arrive (art. 5(1)(d)).
    RETURNS = "returns"
    # An incident, and whom to tell (art. 33 and 34).
    BREACH = "breach"
    # What each reader gets must be right before it leaves.
    LETTERS = "letters"
    # Who works here, and what they may do (art. 32).
    STAFF = "staff"


@dataclass(frozen=True)
class Look:
    """What was seen, of whom, and for which case."""

    verb: str
    subject: str
    for_case: str = ""


def looks(why: Why) -> Callable[[View], View]:
    """The view shows personal data: the look is recorded once its page is made.

    The view says by `seen` whose they are; one that says nothing shows a list.
    """

    def declare(view: View) -> View:
        view.why = why  # type: ignore[attr-defined]  # the mark that write() reads
        return view

    return declare


def why_of(app: Flask, endpoint: str) -> Why | None:
    """Why the view of that endpoint shows personal data, or None when it says that it does not."""
    found: Why | None = getattr(app.view_functions[endpoint], "why", None)
    return found


def seen(verb: str, subject: str, for_case: str = "") -> None:
    """The page that is being made shows that: `seen("read", "subscriber:12")`."""
    g.setdefault("looks", []).append(Look(verb, subject, for_case))


def write(response: Response) -> Response:
    """Write what was seen, in a transaction of its own; the page is shown in any case."""
    why = (
        why_of(current_app, request.endpoint)
        if request.endpoint in current_app.view_functions
        else None
    )
    # A program shows a key: the cookie that may lie beside it counts for nothing.
    who = g.get("key") or g.get("account")
    if why is None or who is None or response.status_code >= FAILURE:
        return response
    told = g.get("looks") or _listed(response)
    try:
        with transaction():
            _record(who.actor, told, why, now())
    except SQLAlchemyError:
        log.exception("audit.look_lost", endpoint=request.endpoint)
    return response


def _listed(response: Response) -> Sequence[Look]:
    """A list, named by its page; who is only sent on saw nothing."""
    return [Look(LISTED, f"page:{request.endpoint}")] if response.status_code == SHOWN else []


def _record(actor: str, told: Sequence[Look], why: Why, at: datetime) -> None:
    since, subjects = at - REPEATED, {look.subject for look in told}
    known = select(Entry.verb, Entry.subject).where(
        Entry.actor == actor, Entry.subject.in_(subjects), Entry.at > since
    )
    repeated = {tuple(row) for row in db.session.execute(known)}
    for look in dict.fromkeys(told):
        if (look.verb, look.subject) not in repeated:
            record(actor, look.verb, look.subject, look.for_case, why)


def install(app: Flask) -> None:
    """Write the looks of every request."""
    app.after_request(write)
