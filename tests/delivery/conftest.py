"""An approved letter to a list, the people on it, and relays that stand at the network's edge."""

import pytest
import time_machine
from delivery import looks, sequence_world
from delivery.pressing import press
from delivery.subject_world import OTHER, PEOPLE
from mail.fault_server import FaultServer, serving

from mailer.accounts import operations as accounts
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.measurement import answer_tracking
from mailer.consent.tracking import Answer, What
from mailer.db import db, transaction
from mailer.delivery import campaigns, jobs, pace, pipeline
from mailer.delivery.campaigns import Order
from mailer.delivery.models import Campaign
from mailer.mail.relay import KEY
from mailer.mail.relays import Relay
from mailer.mail.transports.memory import Memory
from mailer.mail.transports.smtp import Smtp
from mailer.newsletters import operations as newsletters
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import State


@pytest.fixture
def list_id(app):
    with transaction():
        made = MailingList(
            slug="estran", name="L’Estran", description="La côte", frequency="Mensuel"
        )
        db.session.add(made)
        db.session.flush()
        return made.id


@pytest.fixture
def approver(app):
    """Somebody who holds the role, as the audit record calls them."""
    with transaction():
        made = accounts.create("relit@exemple.fr", "Yann", "une longue phrase", ["approver"], now())
        return f"account:{made.id}"


@pytest.fixture
def write(list_id):
    """`write()`: the number of an approved letter to the list."""

    def approved(subject="Le phare rouvre"):
        article = Article(title="Le phare", summary="Il rouvre.", url="https://exemple.fr/phare")
        with transaction():
            series = newsletters.series_of(db.session.get_one(MailingList, list_id))
            issue = newsletters.draft_issue(series, [article], "fr", now(), "account:9")
            draft = Draft(
                subject, "Tout l’été, de dix heures à la nuit tombée.", (Block("b1", article),)
            )
            newsletters.save(issue, draft, 1, now(), "account:9")
            newsletters.approve(issue, 2, "account:1", now())
            return issue.id

    return approved


@pytest.fixture
def subscribe(list_id):
    """`subscribe(3)`: three people who receive the list, p1@exemple.fr to p3@exemple.fr."""

    def confirmed(count, first=1, domain="exemple.fr"):
        with transaction():
            for number in range(first, first + count):
                _receive(list_id, f"p{number}@{domain}")

    return confirmed


def _receive(list_id, address):
    at, digest = now(), f"fingerprint of {address}"
    proof = Evidence(Method.CONFIRM_POST, at)
    event = consent.record(digest, "list:estran", Kind.CONFIRMED, proof)
    person = Subscriber(address=address, fingerprint=digest, language="fr", created_at=at)
    line = Subscription(
        list_id=list_id,
        subscriber=person,
        state=State.ACTIVE,
        consent_id=event.id,
        requested_at=at,
        confirmed_at=at,
    )
    db.session.add(line)


@pytest.fixture
def sender(app):
    """The number of the account of someone who sends."""
    with transaction():
        return accounts.create(
            "claude@exemple.fr", "Claude", "une longue phrase", ["sender"], now()
        ).id


@pytest.fixture
def order(write, list_id, sender):
    """The order to send a letter, now."""
    return Order(write(), list_id, 1, now(), sender)


@pytest.fixture
def scheduled(order):
    """The number of a campaign that is in its hold."""
    with transaction():
        return campaigns.schedule(order, now()).id


@pytest.fixture
def relay(app):
    """The carrier of this test: it takes all mails and remembers them."""
    app.extensions[KEY] = Memory()
    return app.extensions[KEY]


@pytest.fixture
def send(scheduled, relay):
    """`send()`: let the hold pass and the worker work; the number of the campaign."""

    def after_the_hold():
        with time_machine.travel(now() + pace.HOLD, tick=True):
            jobs.start_due()
            jobs.send_batches()
        return scheduled

    return after_the_hold


@pytest.fixture
def begin(order):
    """`begin()`: freeze the audience of a campaign whose hold is over, without sending."""

    def running():
        with transaction():
            campaign = campaigns.schedule(order, now() - pace.HOLD)
            pipeline.start(campaign.id, now())
            return campaign.id

    return running


@pytest.fixture
def over_smtp(app):
    """A relay on the loopback that takes everything, and the carrier that leads to it."""
    with serving(FaultServer()) as server:
        app.extensions[KEY] = Smtp(Relay("principal", "127.0.0.1", server.port, connections=2))
        yield server


# What a person may have said of being measured, one answer after the other.
SAID = {
    "unknown": (),
    "granted": (Answer.GRANTED,),
    "refused": (Answer.REFUSED,),
    "withdrawn": (Answer.GRANTED, Answer.REFUSED),
}


@pytest.fixture
def allow(app, scheduled, list_id):
    """`allow(Mode.AGGREGATE)`: installation, list and letter all let that be measured."""

    def all_three(mode):
        app.config["TRACKING"] = mode.value
        with transaction():
            db.session.get_one(MailingList, list_id).tracking = mode
            db.session.get_one(Campaign, scheduled).tracking = mode

    return all_three


@pytest.fixture
def answer(app):
    """`answer("p1@exemple.fr", "withdrawn")`: what that person said of opens and of clicks."""

    def said(address, words, whats=tuple(What)):
        with transaction():
            for one in SAID[words]:
                for what in whats:
                    evidence = Evidence(Method.PREFERENCE_PAGE, now())
                    answer_tracking(f"fingerprint of {address}", what, one, evidence)

    return said


@pytest.fixture
def measured_mail(allow, answer, subscribe, send, relay):
    """`measured_mail(Mode.INDIVIDUAL, "granted")`: the HTML that such a person receives."""

    def sent(mode, words):
        allow(mode)
        subscribe(1)
        answer("p1@exemple.fr", words)
        send()
        return looks.html(relay.taken[0])

    return sent


@pytest.fixture
def desk(staff):
    """A browser of someone who may send."""
    return staff("sender")


@pytest.fixture
def letter(write):
    return write()


@pytest.fixture
def tried(desk, letter, subscribe, relay):
    """`tried()`: the number of a campaign that tries two subjects on half of 240 people."""

    def decided(people=PEOPLE, **fields):
        subscribe(people)
        page = press(desk, letter, **{"subject_2": OTHER, "share": 50, "wait": 4} | fields)
        assert page.status_code == 303
        return int(page.location.rsplit("/", 1)[1])

    return decided


@pytest.fixture
def running(write, list_id, sender, relay):
    """A series of three letters that was just started."""
    number = sequence_world.series(
        list_id,
        sender,
        (0, write(sequence_world.WELCOME)),
        (3, write(sequence_world.AFTER_THREE)),
        (10, write(sequence_world.AFTER_TEN)),
    )
    sequence_world.start(number, sender)
    return number
