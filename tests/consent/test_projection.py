"""The live state is what the events come to, whatever was done and in whichever order."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from mailer import addresses, tokens
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import projection, standings, trimming
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, ConsentState, Reason, Suppression
from mailer.consent.queries import is_sendable, state
from mailer.db import db, transaction
from mailer.errors import MailerError
from mailer.rights import erasure
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Confirmation, Subscriber, Subscription

CAMILLE = "camille@exemple.fr"
LETTER = "list:la-lettre"
STEP = timedelta(minutes=20)


@dataclass
class Person:
    """Somebody to whom things happen, at the times of one clock."""

    address: addresses.Address
    fingerprint: str
    lists: tuple[int, ...]
    clock: Iterator[datetime]

    def asks(self, which):
        at = next(self.clock)
        shown = Evidence(Method.WEB_FORM, at, page="/", network="192.0.2.0/24")
        subscriptions.request(self.address, [self.lists[which]], shown, "fr", at)

    def presses(self, _which):
        sent = select(Confirmation.id).join(Subscriber).where(self._is_me())
        link = db.session.scalars(sent.order_by(Confirmation.id.desc()).limit(1)).one_or_none()
        if link is not None:
            at = next(self.clock)
            pressed = Evidence(Method.CONFIRM_POST, at)
            subscriptions.confirm(tokens.CONFIRM.sign(link), pressed, at)

    def leaves(self, which):
        for line in self._lines(which):
            subscriptions.end(line, "delivery:1", next(self.clock), Method.ONE_CLICK_POST)

    def comes_back(self, which):
        for line in self._lines(which):
            at = next(self.clock)
            subscriptions.resume(line, Evidence(Method.PREFERENCE_PAGE, at), at)

    def leaves_all(self, _which):
        subscriptions.end_all(self.fingerprint, "case:1", next(self.clock))

    def objects(self, _which):
        consent.suppress(self.fingerprint, Reason.OBJECTION, next(self.clock), "case:1")

    def complains(self, _which):
        consent.suppress(self.fingerprint, Reason.COMPLAINT, next(self.clock), "delivery:1")

    def bounces(self, _which):
        consent.suppress(self.fingerprint, Reason.HARD_BOUNCE, next(self.clock), "delivery:2")

    def is_restricted(self, _which):
        consent.suppress(self.fingerprint, Reason.RESTRICTION, next(self.clock), "case:2")

    def is_unrestricted(self, _which):
        consent.unrestrict(self.fingerprint, next(self.clock), "case:2")

    def answers(self, which):
        kind = (Kind.TRACKING_GRANTED, Kind.TRACKING_WITHDRAWN)[which]
        shown = Evidence(Method.PREFERENCE_PAGE, next(self.clock))
        consent.record(self.fingerprint, "track:opens", kind, shown)

    def is_erased(self, _which):
        erasure.erase(self.fingerprint, next(self.clock))

    def _lines(self, which):
        mine = select(Subscription.id).join(Subscriber).where(self._is_me())
        return db.session.scalars(mine.where(Subscription.list_id == self.lists[which])).all()

    def _is_me(self):
        return Subscriber.fingerprint == self.fingerprint


WHAT_HAPPENS = sorted(
    name for name in vars(Person) if not name.startswith("_") and callable(getattr(Person, name))
)
STEPS = st.tuples(st.integers(0, 1), st.sampled_from(WHAT_HAPPENS), st.integers(0, 1))


@pytest.fixture
def lists(app):
    with transaction():
        made = [
            subscriptions.create_list(ListData(name, "des portraits", "Une fois par mois"), "a:1")
            for name in ("La lettre", "L’agenda")
        ]
        return tuple(row.id for row in made)


@pytest.fixture
def invite(app, lists):
    """`invite()`: somebody whom nothing has happened to."""
    start, numbers = now(), count()
    clock = (start + number * STEP for number in count())

    def invite():
        address = addresses.parse(f"personne{next(numbers)}@exemple.fr")
        key = app.config["FINGERPRINT_KEY"]
        return Person(address, addresses.fingerprint(address, key), lists, clock)

    return invite


def rebuilt_equals_live():
    found = projection.compare()
    return found.live_sha256 == found.rebuilt_sha256 and found.first_difference is None


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=1, max_size=14))
def test_whatever_happens_the_rebuilt_state_equals_the_live_one(invite, steps):
    both = invite(), invite()
    for who, what, which in steps:
        # What can no longer be done, such as a press on a used link, changes nothing.
        with suppress(MailerError), transaction():
            getattr(both[who], what)(which)
    db.session.rollback()

    assert rebuilt_equals_live()


@pytest.fixture
def lived(invite):
    """Somebody who asked, said yes, objected, and let the letters come again."""
    person = invite()
    for happens in (person.asks, person.presses, person.answers, person.objects, person.leaves_all):
        with transaction():
            happens(0)
    return person


def test_a_rebuild_changes_nothing_that_was_right(lived):
    before = list(standings.everyone())

    with transaction():
        projection.rebuild()

    assert list(standings.everyone()) == before
    assert before


def test_a_rebuild_brings_back_a_suppression_that_was_lost(lived):
    with transaction():
        db.session.execute(text("DELETE FROM suppression"))
    assert projection.compare().first_difference == lived.fingerprint

    with transaction():
        projection.rebuild()

    assert not is_sendable(lived.fingerprint)
    assert rebuilt_equals_live()


def test_a_rebuild_corrects_what_was_changed_by_hand(lived):
    with transaction():
        db.session.execute(update(ConsentState).values(kind=Kind.CONFIRMED))
    assert projection.compare().first_difference

    with transaction():
        projection.rebuild()

    assert state(lived.fingerprint, LETTER) == Kind.WITHDRAWN


def test_a_rebuild_forgets_whom_no_event_names(lived):
    with transaction():
        stray = Suppression(fingerprint="f" * 64, reason=Reason.OBJECTION, since=now(), origin="")
        db.session.add(stray)
    assert projection.compare().people == 2

    with transaction():
        projection.rebuild()

    assert is_sendable("f" * 64)


def test_the_state_names_the_event_that_proves_it(lived):
    row = db.session.get(ConsentState, (lived.fingerprint, LETTER))
    proof = db.session.get(ConsentEvent, row.event_id)

    assert (proof.kind, proof.occurred_at, proof.purpose) == (row.kind, row.since, LETTER)


def test_many_events_at_once_count_in_their_order(app):
    kinds = (Kind.IMPORTED, Kind.WITHDRAWN, Kind.SIGNUP_REQUESTED)
    shown = Evidence(Method.IMPORT, now())

    with transaction():
        consent.record_many([Entry(who, LETTER, kind, shown) for kind in kinds for who in "ab"])

    assert state("a", LETTER) == state("b", LETTER) == Kind.SIGNUP_REQUESTED
    assert rebuilt_equals_live()


@pytest.mark.parametrize("kind", [Kind.IMPORTED, Kind.SIGNUP_REQUESTED, Kind.OBJECTED, Kind.ERASED])
def test_events_alike_count_as_each_by_itself(lived, kind):
    shown = Evidence(Method.IMPORT, now(), origin="import:1")
    people = ["a" * 64, lived.fingerprint, "b" * 64]

    with transaction():
        numbers = consent.record_alike(Entry("", LETTER, kind, shown), people)

    told = select(ConsentEvent.fingerprint).where(ConsentEvent.id.in_(numbers))
    assert db.session.scalars(told.order_by(ConsentEvent.id)).all() == people
    assert rebuilt_equals_live()


def test_where_somebody_stood_goes_with_the_events_of_it(app):
    with transaction():
        consent.record("b" * 64, LETTER, Kind.CONFIRMED, Evidence(Method.CONFIRM_POST, now()))
    with transaction():
        trimming.trim(ConsentEvent.fingerprint == "b" * 64, now())

    assert state("b" * 64, LETTER) is None
    assert rebuilt_equals_live()


def test_nobody_stands_anywhere_before_anything_happened(app):
    assert projection.compare().people == 0
    assert state("one", LETTER) is None
