"""Why am I getting this? In words to whoever has just read the mailbox, to nobody else."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_time

from mailer import links
from mailer.clock import paris_day
from mailer.consent import proof
from mailer.consent import words as consent_words
from mailer.consent.dossier import drawn
from mailer.db import db
from mailer.errors import Expired, Invalid
from mailer.subscriptions import story
from mailer.subscriptions.blueprint import bp
from mailer.subscriptions.models import MailingList, Subscriber
from mailer.subscriptions.states import State
from mailer.subscriptions.story import Story
from mailer.tokens import MANAGE, UNSUBSCRIBE
from mailer.web.access import public


@dataclass(frozen=True)
class Told:
    """A list that the person gets, why, and the page from which it is left."""

    mailing_list: MailingList
    story: Story
    exit: str


@bp.get("/pourquoi/<token>")
@public
def why(token: str) -> ResponseReturnValue:
    """The reasons, for a mailbox proven just now; from a letter, the way to prove it."""
    try:
        person = db.session.get(Subscriber, MANAGE.read_id(token))
    except Expired:
        return render_template("subscriptions/why_closed.html", manage=links.manage()), 410
    except Invalid:
        return _from_a_letter(token)
    if person is None:
        return render_template("subscriptions/why_closed.html", manage=None)
    return render_template(
        "subscriptions/why.html",
        lists=_lists(person),
        preferences=links.preferences(token),
        kinds=consent_words.KINDS,
        methods=consent_words.METHODS,
        day=day,
        time=time,
        drawn=drawn,
    )


def _from_a_letter(token: str) -> str:
    """The same page whoever the letter was to, and whether or not it still goes there."""
    UNSUBSCRIBE.read(token)
    return render_template(
        "subscriptions/why_letter.html",
        manage=links.manage_from(token),
        leave=links.unsubscription(token),
    )


def _lists(person: Subscriber) -> list[Told]:
    events = proof.of(person.fingerprint).events
    return [
        Told(
            line.mailing_list,
            story.of(events, line.mailing_list.purpose),
            links.unsubscription(UNSUBSCRIBE.sign([line.id, ""])),
        )
        for line in person.subscriptions
        if line.state == State.ACTIVE
    ]


def day(at: datetime) -> str:
    """The civil date in Paris, in the reader's language."""
    return str(format_date(paris_day(at), "long"))


def time(at: datetime) -> str:
    """The hour in Paris, in the reader's language."""
    return str(format_time(at, "short"))
