"""After years of silence, one question: do you still want the letters? Silence again is a no."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete

from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.db import db
from mailer.errors import NotFound
from mailer.mail import outbox
from mailer.subscriptions import emails, queries
from mailer.subscriptions.models import Renewal, Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.tokens import RENEW

# How the outbox and the ledger call a question, before its number.
ORIGIN = "renewal"


def ask(subscriber: Subscriber, at: datetime, until: datetime) -> Renewal:
    """Write once to the person, who has until then to answer."""
    asked = Renewal(subscriber=subscriber, asked_at=at)
    db.session.add(asked)
    db.session.flush()
    lines = active(subscriber)
    message = emails.renewal(asked, lines, until)
    origin = f"{ORIGIN}:{asked.id}"
    evidence = Evidence(Method.JOB, at, subscriber.language, origin=origin)
    _note(subscriber, lines, Kind.RENEWAL_ASKED, evidence, "job:ask-renewals")
    outbox.put(message, origin)
    return asked


def answer(token: str, evidence: Evidence) -> Renewal:
    """Yes: the years are counted anew from now. A second press changes nothing more.

    Raises NotFound when the person has been forgotten since, Invalid when we made no such link.
    """
    asked = find(token)
    if asked.answered_at is None:
        asked.answered_at = evidence.given_at
        _note(asked.subscriber, active(asked.subscriber), Kind.RENEWED, evidence, "subject")
        record("subject", "renew", f"subscriber:{asked.subscriber_id}")
        db.session.flush()
    return asked


def forget(ids: Sequence[int]) -> None:
    """Let go of questions that never left: the person is asked anew once that may be."""
    db.session.execute(delete(Renewal).where(Renewal.id.in_(ids)))


def lapse(subscriber: Subscriber, at: datetime) -> None:
    """Note that nobody answered, for each list; forgetting the person is the caller's."""
    evidence = Evidence(Method.JOB, at, subscriber.language, origin=f"subscriber:{subscriber.id}")
    _note(subscriber, active(subscriber), Kind.LAPSED, evidence, "job:lapse")


def find(token: str) -> Renewal:
    """The question that the link answers; raises NotFound once it is purged."""
    found = db.session.get(Renewal, RENEW.read_id(token))
    if found is None:
        raise NotFound("renewal")
    queries.hold(Subscriber.id == found.subscriber_id)
    db.session.refresh(found)
    return found


def active(subscriber: Subscriber) -> list[Subscription]:
    """What the person receives of lists that appear, in the order in which these were made."""
    lines = (
        line
        for line in subscriber.subscriptions
        if line.state == State.ACTIVE and not line.mailing_list.closed_at
    )
    return sorted(lines, key=lambda line: line.list_id)


def _note(
    subscriber: Subscriber, lines: list[Subscription], kind: Kind, evidence: Evidence, actor: str
) -> None:
    for line in lines:
        purpose = line.mailing_list.purpose
        consent.record(subscriber.fingerprint, purpose, kind, evidence, actor)
