"""A letter goes to a segment of its list: counted, frozen and approved for these people alone."""

import re

import pytest
from delivery.pressing import press, words, work_after
from sqlalchemy import select, update

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.delivery import pace
from mailer.delivery.models import Campaign, Delivery
from mailer.newsletters import approving
from mailer.newsletters import operations as newsletters
from mailer.newsletters import queries as letters
from mailer.newsletters.blocks import parse
from mailer.newsletters.content import Draft
from mailer.subscriptions.models import Subscriber
from mailer.subscriptions.segments import operations
from mailer.subscriptions.segments.predicate import Field, Is

ENGLISH, FRENCH = Is(Field.LANGUAGE, "en"), Is(Field.LANGUAGE, "fr")


@pytest.fixture
def own(letter):
    """A letter that its author approved alone."""
    with transaction():
        issue = letters.locked(letter)
        approving.take_back(issue, "account:1", now())
        held = Draft("Le phare rouvre", issue.preheader, parse(issue.blocks))
        newsletters.save(issue, held, issue.revision, now(), "account:1")
        newsletters.approve(issue, issue.revision, "account:1", now())
    return letter


@pytest.fixture
def segment(subscribe, sender):
    """Three of five on the list read English; the number of the segment that means them."""
    subscribe(5)
    with transaction():
        db.session.execute(update(Subscriber).where(Subscriber.id <= 3).values(language="en"))
        return operations.create("Anglophones", ENGLISH, sender, now()).id


def check(desk, letter, segment):
    return desk.get(f"/bureau/lettres/{letter}/envoi?segment={segment}")


def decide(desk, letter, segment, **fields):
    counted = re.search(r'name="counted" value="(\w+)"', check(desk, letter, segment).text)[1]
    return press(desk, letter, segment=segment, counted=counted, **fields)


def promised():
    db.session.rollback()
    found = select(Subscriber.id).join(Delivery, Delivery.subscriber_id == Subscriber.id)
    return set(db.session.scalars(found))


def test_the_page_that_sends_counts_the_segment_and_says_who_is_outside(desk, letter, segment):
    page = words(check(desk, letter, segment))

    assert "Envoyer à 3 abonnés" in page
    assert "langue = anglais" in page
    assert "2 abonnés hors du segment" in page


def test_only_the_segment_is_promised_the_letter_and_sendable_still_holds(
    desk, letter, segment, relay
):
    decide(desk, letter, segment)
    with transaction():
        consent.suppress("fingerprint of p2@exemple.fr", Reason.OBJECTION, now(), "request:1")
    work_after(pace.HOLD)

    assert promised() == {1, 3}
    page = words(desk.get("/bureau/envois/1"))
    assert "Au segment « Anglophones » de la liste : langue = anglais" in page


def test_a_segment_that_changes_moves_nobody_and_both_pages_tell(
    desk, letter, segment, sender, relay
):
    decide(desk, letter, segment)
    with transaction():
        operations.change(segment, "Anglophones", FRENCH, sender, now())

    assert "Un envoi est prévu" in words(desk.get(f"/bureau/segments/{segment}"))
    assert "Le segment a changé depuis" in words(desk.get("/bureau/envois/1"))
    work_after(pace.HOLD)
    assert promised() == {1, 2, 3}


def test_what_was_not_counted_is_not_sent(desk, letter, segment, sender):
    shown = check(desk, letter, segment).text
    with transaction():
        operations.change(segment, "Anglophones", FRENCH, sender, now())
    counted = re.search(r'name="counted" value="(\w+)"', shown)[1]

    answer = press(desk, letter, segment=segment, counted=counted)

    assert answer.location.endswith(f"/envoi?segment={segment}")
    assert db.session.scalars(select(Campaign)).all() == []


def test_a_deleted_segment_leaves_its_campaign_whole(desk, letter, segment, sender, relay):
    decide(desk, letter, segment)
    with transaction():
        operations.remove(segment, sender)
    work_after(pace.HOLD)

    assert promised() == {1, 2, 3}
    assert check(desk, letter, segment).status_code == 404


def test_approval_counts_the_people_of_the_segment(app, own, desk, segment):
    app.config["APPROVAL_ABOVE"] = 4

    whole = words(desk.get(f"/bureau/lettres/{own}/envoi"))

    assert "une autre personne doit" in whole
    assert "Envoyer à 3 abonnés" in words(check(desk, own, segment))
    assert decide(desk, own, segment).status_code == 303
    work_after(pace.HOLD)
    assert promised() == {1, 2, 3}


def test_who_would_be_written_to_twice_is_asked_within_the_segment(desk, letter, segment, sender):
    decide(desk, letter, segment)
    with transaction():
        other = operations.create("Francophones", FRENCH, sender, now()).id

    page = words(check(desk, letter, other))

    assert "Cette lettre est déjà partie vers cette liste" in page
    assert "Envoyer à 2 abonnés" in page


def test_an_empty_segment_sends_nothing_and_says_so(desk, letter, segment, sender):
    with transaction():
        none = operations.create("Importés", Is(Field.SOURCE, "import"), sender, now()).id

    assert "Personne de la liste n’est dans ce segment" in words(check(desk, letter, none))
