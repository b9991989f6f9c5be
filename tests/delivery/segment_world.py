"""Three kinds of people, each six times: alike in all but what they said of being measured."""

from datetime import UTC, datetime, timedelta

from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.measurement import answer_tracking
from mailer.consent.tracking import Answer, Mode, What
from mailer.db import db
from mailer.delivery import campaigns
from mailer.delivery.campaigns import Order
from mailer.delivery.engagement import Hit
from mailer.delivery.models import Delivery
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.states import State

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
# What was answered, then what was done of the newer of two letters.
ANSWERS = {
    "unknown": ((), None),
    "refused": ((Answer.REFUSED,), None),
    "withdrew": ((Answer.GRANTED, Answer.REFUSED), None),
    "silent": ((Answer.GRANTED,), None),
    "opened": ((Answer.GRANTED,), 0),
    "clicked": ((Answer.GRANTED,), 2),
}
UNMEASURED, MEASURED = list(ANSWERS)[:3], list(ANSWERS)[3:]
BASES = ("anna", "ben", "chloe")


def build(issue_id, account_id):
    """All eighteen, two lists, two letters of 30 and 5 days ago; commit it yourself."""
    sea = db.session.query(MailingList).one()
    sea.topic, sea.territory = "Mer", "Calvados"
    shows = MailingList(
        slug="agenda", name="Agenda", description="Sortir", frequency="Mensuel", topic="Culture"
    )
    read = Import(
        stage=Stage.READ, file_name="f", sha256="0", encoding="", separator="", header=[],
        product="", actor="account:7", received_at=AT, done_at=AT,
    )  # fmt: skip
    db.session.add_all([shows, read])
    db.session.flush()
    letters = [_letter(issue_id, sea, account_id, run, days) for run, days in ((1, 30), (2, 5))]
    for base in BASES:
        for answer in ANSWERS:
            _person(base, answer, sea, shows, read)
    db.session.flush()
    for person in db.session.query(Subscriber):
        _deliver(person, letters)


def _letter(issue_id, receivers, account_id, run, days):
    order = Order(issue_id, receivers.id, run, AT - days * DAY, account_id, Mode.INDIVIDUAL)
    made = campaigns.schedule(order, AT - days * DAY)
    made.state = CampaignState.FINISHED
    return made


def _person(base, answer, sea, shows, read):
    digest = f"fingerprint of {base}-{answer}"
    person = Subscriber(
        address=f"{base}-{answer}@exemple.fr",
        fingerprint=digest,
        language="en" if base == "ben" else "fr",
        created_at=AT - 90 * DAY,
    )
    came = {
        "anna": Evidence(Method.WEB_FORM, AT - 90 * DAY),
        "ben": Evidence(Method.WEB_FORM, AT - 90 * DAY, origin="embed"),
        "chloe": Evidence(Method.IMPORT, AT - 90 * DAY, origin=read.origin),
    }[base]
    event = consent.record(digest, sea.purpose, Kind.SIGNUP_REQUESTED, came, read.actor)
    lines = {
        "anna": [(sea, State.ACTIVE, 90, Frequency.EACH)],
        "ben": [(shows, State.ACTIVE, 10, Frequency.WEEKLY)],
        "chloe": [
            (sea, State.ENDED, 90, Frequency.EACH),
            (shows, State.PENDING, 3, Frequency.EACH),
        ],
    }[base]
    for receivers, state, days, frequency in lines:
        since = AT - days * DAY
        line = Subscription(
            list_id=receivers.id,
            subscriber=person,
            state=state,
            consent_id=event.id,
            requested_at=since,
            confirmed_at=None if state is State.PENDING else since + DAY,
            ended_at=AT if state is State.ENDED else None,
            frequency=frequency,
        )
        db.session.add(line)
    for said in ANSWERS[answer][0]:
        for what in What:
            answer_tracking(digest, what, said, Evidence(Method.PREFERENCE_PAGE, AT - 60 * DAY))


def _deliver(person, letters):
    done = ANSWERS[person.address.partition("@")[0].partition("-")[2]][1]
    for letter in letters:
        sent = Delivery(
            campaign_id=letter.id,
            subscriber_id=person.id,
            state=DeliveryState.SENT,
            at=letter.starts_at,
        )
        db.session.add(sent)
        db.session.flush()
        if done is not None and letter is letters[-1]:
            hit = {"delivery_id": sent.id, "subscriber_id": person.id, "at": letter.starts_at + DAY}
            db.session.add(Hit(position=done, **hit))
