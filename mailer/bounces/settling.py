"""What follows from one thing that came back, drawn once: in the ledger, for the person, for us.

event | what it means (delivery/consequences.py) | the mail came back | the person | the campaign
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from mailer.bounces import blaming, history
from mailer.bounces.models import ProviderEvent
from mailer.consent import operations as consent
from mailer.consent.evidence import Method
from mailer.consent.models import Reason as Suppressed
from mailer.consent.queries import suppression_of
from mailer.db import db
from mailer.delivery import consequences, ledger, patience
from mailer.delivery.consequences import Consequence
from mailer.delivery.models import Campaign, Delivery
from mailer.mail.returned import Kind, Returned
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions import queries
from mailer.subscriptions.models import Subscriber


class Case(NamedTuple):
    """An event, the mail of ours that it is about, and the fingerprint of whom it concerns."""

    event: ProviderEvent
    mail: Delivery | None
    fingerprint: str

    @property
    def origin(self) -> str:
        """How a proof names what it rests on."""
        return f"delivery:{self.mail.id}" if self.mail else f"event:{self.event.id}"


def hold(number: int) -> None:
    """Hold whom the event of that number concerns, before the event: so does who erases them."""
    told = select(ProviderEvent.delivery_id, ProviderEvent.fingerprint)
    row = db.session.execute(told.where(ProviderEvent.id == number)).first()
    if row and row.delivery_id:
        of_mail = select(Delivery.subscriber_id).where(Delivery.id == row.delivery_id)
        queries.hold(Subscriber.id == of_mail.scalar_subquery())
    elif row:
        queries.hold(Subscriber.fingerprint == row.fingerprint)


def settle(event: ProviderEvent, at: datetime) -> Consequence:
    """Draw the consequence of the event, which the caller holds; says which one it was."""
    case = _case(event)
    meant = _meant(case)
    if case.mail and event.kind is Kind.BOUNCE:
        ledger.bounce(case.mail.id, event.status, at)
    if follow := DRAWN.get(meant):
        follow(case, at)
    event.handled_at = at
    return meant


def _case(event: ProviderEvent) -> Case:
    mail = db.session.get(Delivery, event.delivery_id) if event.delivery_id else None
    if mail is None:
        # Without a mail of ours, only who signs what they say is believed: whoever has the
        # return-path of a mail that is no more could name anybody.
        is_signed = event.is_proven and event.delivery_id is None
        return Case(event, None, event.fingerprint if is_signed else "")
    person = db.session.get(Subscriber, mail.subscriber_id) if mail.subscriber_id else None
    return Case(event, mail, person.fingerprint if person else "")


def _meant(case: Case) -> Consequence:
    """What the report means, once it is known how far it can be believed, and about whom."""
    event = case.event
    told = Returned(event.kind, "", event.reason, event.status, event.is_permanent)
    found = consequences.of_returned(told)
    if found in PERSONAL and not event.is_proven:
        return Consequence.KEEP
    if found is Consequence.SUPPRESS and _is_somebody_elses(case):
        return Consequence.COUNT
    return found


def _is_somebody_elses(case: Case) -> bool:
    """Whether the mailbox that is gone is not the one we wrote to: theirs forwards to it."""
    named = case.event.fingerprint
    return bool(case.mail and named and named != case.fingerprint)


def _give_up(case: Case, at: datetime) -> None:
    """Never write again to an address that is dead; who had objected stays so."""
    if not case.fingerprint or (case.mail and history.was_restored_since(case.mail.id)):
        return
    queries.hold(Subscriber.fingerprint == case.fingerprint)
    if suppression_of(case.fingerprint) is None:
        consent.suppress(case.fingerprint, Suppressed.HARD_BOUNCE, at, case.origin)


def _count(case: Case, at: datetime) -> None:
    """One more letter in a row that did not arrive: too many, over too long, are the end."""
    whose = case.mail.subscriber_id if case.mail and case.event.is_proven else None
    if whose and patience.is_exhausted(history.in_a_row(whose, at)):
        _give_up(case, at)


def _object(case: Case, at: datetime) -> None:
    """A complaint is an objection: to everything, at once (GDPR art. 21(2) and (3))."""
    if not case.fingerprint:
        return
    subscriptions.end_all(case.fingerprint, case.origin, at, Method.FEEDBACK_LOOP)
    if suppression_of(case.fingerprint) is not Suppressed.COMPLAINT:
        consent.suppress(case.fingerprint, Suppressed.COMPLAINT, at, case.origin)


def _leave(case: Case, at: datetime) -> None:
    """They left by the button of a service: the list that the mail went to, else every one."""
    campaign = db.session.get(Campaign, case.mail.campaign_id) if case.mail else None
    for line in queries.not_ended(case.fingerprint):
        if campaign is None or line.list_id == campaign.list_id:
            subscriptions.end(line.id, case.origin, at, Method.FEEDBACK_LOOP)


def _blame(case: Case, _at: datetime) -> None:
    """Refused because of who sends: the campaign halts once it is more than a whim."""
    if case.mail:
        blaming.weigh(case.mail.campaign_id, case.event.status)


# What takes something from a person, or from everybody.
PERSONAL = frozenset({
    Consequence.SUPPRESS,
    Consequence.OBJECT,
    Consequence.LEAVE,
    Consequence.STOP,
})  # fmt: skip
DRAWN: dict[Consequence, Callable[[Case, datetime], None]] = {
    Consequence.SUPPRESS: _give_up,
    Consequence.COUNT: _count,
    Consequence.OBJECT: _object,
    Consequence.LEAVE: _leave,
    Consequence.STOP: _blame,
}
