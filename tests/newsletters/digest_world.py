"""Articles that come, people who want letters that often, a worker at its work."""

from contextlib import contextmanager
from datetime import datetime, time

import time_machine

from mailer.accounts import operations as accounts
from mailer.articles import operations as sources
from mailer.articles.changes import digest as digest_of
from mailer.articles.changes import key
from mailer.articles.data import ArticleData, Feed, Kind
from mailer.articles.fetch import Reading
from mailer.articles.models import Article, Source
from mailer.clock import PARIS, now, paris_day
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Method
from mailer.consent.evidence import Kind as Event
from mailer.db import db, transaction
from mailer.delivery import jobs as delivery
from mailer.delivery import pace
from mailer.newsletters import digest_queries, digests
from mailer.newsletters import jobs as newsletters
from mailer.newsletters.block_types import Section
from mailer.newsletters.digest_models import DigestRun
from mailer.newsletters.digest_states import Then
from mailer.newsletters.digests import Pattern, Rhythms
from mailer.newsletters.periods import Rhythm, Timetable
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.states import State

# A Monday, an hour before the letters leave.
START = datetime(2026, 11, 23, 8, tzinfo=PARIS)
DAILY = Timetable(Rhythm.DAILY, time(9))
MONDAYS = Timetable(Rhythm.WEEKLY, time(9), weekdays=(0,))
PATTERN = Pattern(
    "L’Estran du {date} : {titre}",
    "Ce que la côte a publié depuis la dernière lettre.",
    "fr",
    "Bonjour,",
    Section(title="À lire", newest=5),
)


def paris(*parts):
    """That minute by the clock of Paris."""
    return datetime(*parts, tzinfo=PARIS)


def account(email="claude@exemple.fr", roles=("editor", "sender")):
    """The number of somebody who works here."""
    with transaction():
        return accounts.create(email, "Claude", "une longue phrase", roles, now()).id


def source(name="Estran"):
    """A source without articles."""
    reading = Reading(f"https://{name.lower()}.exemple.fr/flux", Feed(name, Kind.FEED, ()))
    with transaction():
        return sources.add_source(reading, "", now(), "account:1").id


def publish(title, at, source_id=None, **told):
    """An article of that day, which was seen when it was published; its number."""
    page = told.pop("url", f"https://estran.exemple.fr/{title.lower().replace(' ', '-')}")
    data = ArticleData(title, page, published_at=at, **told)
    with transaction():
        of = source_id or db.session.scalars(db.select(Source.id)).first()
        made = Article(
            source_id=of,
            key=key(page),
            guid=page,
            digest=digest_of(data),
            title=title,
            url=page,
            summary=data.summary,
            image_url="",
            image_alt="",
            published_at=at,
            first_seen_at=at,
        )
        db.session.add(made)
        db.session.flush()
        return made.id


def subscribe(list_id, address, frequency=Frequency.EACH):
    """Somebody who receives the list, and wants it that often."""
    at, mark = now(), f"fingerprint of {address}"
    with transaction():
        receivers = db.session.get_one(MailingList, list_id)
        proof = Evidence(Method.CONFIRM_POST, at)
        event = consent.record(mark, f"list:{receivers.slug}", Event.CONFIRMED, proof)
        person = Subscriber(address=address, fingerprint=mark, language="fr", created_at=at)
        line = Subscription(
            list_id=list_id,
            subscriber=person,
            state=State.ACTIVE,
            consent_id=event.id,
            requested_at=at,
            confirmed_at=at,
            frequency=frequency,
        )
        db.session.add(line)


def prefer(address, frequency):
    """The person changes how often they want letters."""
    with transaction():
        person = db.session.scalars(db.select(Subscriber).filter_by(address=address)).one()
        for line in person.subscriptions:
            line.frequency = frequency


def set_up(list_id, account_id, *modes, then=Then.SEND, pattern=PATTERN):
    """The number of the automatic letter of the list, standing still."""
    with transaction():
        rhythms = Rhythms(modes or ((Frequency.EACH, DAILY),), then, paris_day(now()))
        receivers = db.session.get_one(MailingList, list_id)
        return digests.set_up(receivers, pattern, rhythms, account_id, now()).id


def start(digest_id, account_id):
    """Somebody has it leave by itself."""
    with transaction():
        digests.start(digest_queries.locked(digest_id), account_id, now())


@contextmanager
def at(moment):
    """Within it, it is that time, and time stands still."""
    with time_machine.travel(moment, tick=False):
        yield


def work(moment):
    """The worker does at that time what it does every minute, and again after the hold."""
    with at(moment):
        newsletters.compose_digests()
        delivery.start_due()
    with at(moment + pace.HOLD):
        newsletters.compose_digests()
        delivery.start_due()
        delivery.send_batches()


def runs():
    """Each period, and where it stands."""
    db.session.rollback()
    found = db.session.scalars(db.select(DigestRun).order_by(DigestRun.id))
    return [(run.frequency.value, run.period, run.state.value) for run in found]
