"""Whom never to write to."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import literal, select

from mailer.addresses import fingerprint, parse
from mailer.clock import now
from mailer.consent import operations, projection, proof, verification
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.consent.queries import is_sendable, sendable
from mailer.db import db, transaction
from mailer.errors import Conflict

KEY = "a key"
CAMILLE = fingerprint(parse("camille@exemple.fr"), KEY)
NADIA = fingerprint(parse("nadia@exemple.fr"), KEY)


def suppress(who=CAMILLE, reason=Reason.OBJECTION):
    with transaction():
        operations.suppress(who, reason, now(), "request:1")


def test_nobody_writes_to_a_suppressed_address_and_others_are_written_to(app):
    suppress()

    assert not db.session.scalar(select(sendable(literal(CAMILLE))))
    assert db.session.scalar(select(sendable(literal(NADIA))))


@pytest.mark.parametrize(
    "variant", ["CAMILLE@exemple.fr", " camille@EXEMPLE.fr ", "Camille@Exemple.FR"]
)
def test_another_spelling_meets_the_same_fingerprint(app, variant):
    suppress()

    assert not is_sendable(fingerprint(parse(variant), KEY))


def test_an_accented_domain_meets_its_ascii_form():
    spellings = {"zoé@", "zoe\u0301@"}
    domains = {"côte.fr", "xn--cte-kna.fr", "co\u0302te.fr"}

    found = {fingerprint(parse(f"zoe@{domain}"), KEY) for domain in domains}

    assert len(found) == 1
    assert len({fingerprint(parse(f"{name}cote.fr"), KEY) for name in spellings}) == 1


def test_suppressing_twice_keeps_the_first_date(app):
    suppress()
    since = db.session.scalars(select(Suppression.since)).one()
    suppress()

    assert db.session.scalars(select(Suppression.since)).one() == since


def test_an_objection_outweighs_a_bounce_and_is_not_outweighed(app):
    suppress(reason=Reason.HARD_BOUNCE)
    suppress(reason=Reason.OBJECTION)
    suppress(reason=Reason.COMPLAINT)

    assert db.session.scalars(select(Suppression.reason)).one() is Reason.OBJECTION


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.RESTRICTION}))
@pytest.mark.parametrize("restricted_first", [True, False])
def test_the_end_of_a_restriction_is_the_end_of_nothing_else(app, reason, restricted_first):
    causes = (Reason.RESTRICTION, reason)
    for cause in causes if restricted_first else reversed(causes):
        suppress(reason=cause)

    with transaction():
        operations.unrestrict(CAMILLE, now(), "request:1")

    assert db.session.scalars(select(Suppression.reason)).one() is reason


def test_a_restriction_ends_and_both_are_recorded(app):
    suppress(reason=Reason.RESTRICTION)
    with transaction():
        operations.unrestrict(CAMILLE, now(), "request:1")

    kinds = db.session.scalars(select(ConsentEvent.kind).order_by(ConsentEvent.id)).all()
    assert is_sendable(CAMILLE)
    assert kinds == [Kind.RESTRICTED, Kind.UNRESTRICTED]


def test_each_cause_is_recorded(app):
    suppress(reason=Reason.COMPLAINT)
    suppress(reason=Reason.OBJECTION)

    kinds = db.session.scalars(select(ConsentEvent.kind).order_by(ConsentEvent.id)).all()
    assert kinds == [Kind.COMPLAINED, Kind.OBJECTED]


def test_two_causes_at_once_do_not_collide(app):
    def both(reason):
        with app.app_context():
            suppress(reason=reason)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(both, (Reason.HARD_BOUNCE, Reason.OBJECTION)))

    assert not is_sendable(CAMILLE)


def test_the_button_in_the_mailbox_allows_that_address_again_and_no_other(app):
    suppress(CAMILLE)
    suppress(NADIA)

    with transaction():
        pressed = Evidence(Method.CONFIRM_POST, now())
        operations.record(CAMILLE, "list:la-lettre", Kind.CONFIRMED, pressed)

    assert is_sendable(CAMILLE)
    assert not is_sendable(NADIA)


def test_an_event_is_never_changed_or_deleted(app):
    suppress()

    with pytest.raises(Conflict), transaction():
        db.session.scalars(select(ConsentEvent)).one().kind = Kind.CONFIRMED
    with pytest.raises(Conflict), transaction():
        db.session.delete(db.session.scalars(select(ConsentEvent)).one())


def test_a_mail_that_comes_back_is_no_act_of_the_person(app):
    suppress(reason=Reason.HARD_BOUNCE)

    assert db.session.scalars(select(ConsentEvent.actor)).one() == "job:send"


def restore():
    with transaction():
        operations.restore(CAMILLE, "Elle a donné une nouvelle boîte", now(), "account:1")


def test_an_address_that_came_back_is_written_to_again_and_says_who_decided(app):
    suppress(reason=Reason.HARD_BOUNCE)
    restore()

    event = db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id.desc())).first()
    assert is_sendable(CAMILLE)
    assert (event.kind, event.method, event.actor) == (Kind.RESTORED, Method.STAFF, "account:1")


def test_why_it_was_taken_back_is_sealed_with_the_person_and_stands_in_the_proof(app):
    suppress(reason=Reason.HARD_BOUNCE)
    restore()

    told = proof.of(CAMILLE).events[-1]
    assert told.sealed.content["reason"] == "Elle a donné une nouvelle boîte"
    assert proof.of(CAMILLE).is_intact
    last = select(ConsentEvent.sealed).order_by(ConsentEvent.id.desc())
    assert b"nouvelle" not in db.session.scalars(last).first()


@pytest.mark.parametrize("cause", [Reason.OBJECTION, Reason.COMPLAINT])
@pytest.mark.parametrize("bounced_first", [True, False])
def test_nobody_takes_back_the_no_of_a_person(app, cause, bounced_first):
    causes = (Reason.HARD_BOUNCE, cause) if bounced_first else (cause, Reason.HARD_BOUNCE)
    for each in causes:
        suppress(reason=each)

    with pytest.raises(Conflict):
        restore()

    assert not is_sendable(CAMILLE)


def test_a_restriction_is_ended_by_its_own_way_alone(app):
    suppress(reason=Reason.RESTRICTION)

    with pytest.raises(Conflict):
        restore()


def test_what_was_taken_back_follows_from_the_events_alone(app):
    suppress(reason=Reason.HARD_BOUNCE)
    restore()
    suppress(NADIA, Reason.HARD_BOUNCE)

    found = projection.compare()

    assert (found.first_difference, found.people) == (None, 2)
    assert verification.verify().is_whole


def test_an_address_that_is_dead_again_is_given_up_again(app):
    suppress(reason=Reason.HARD_BOUNCE)
    restore()
    suppress(reason=Reason.HARD_BOUNCE)

    assert not is_sendable(CAMILLE)
