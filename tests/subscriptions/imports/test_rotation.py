"""After the pepper has changed, everybody is still who they were."""

import pytest
from sqlalchemy import select

from mailer.addresses import parse
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent import verification
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.queries import is_sendable
from mailer.consent.subjects import fingerprint_of, fingerprints_of
from mailer.db import db, transaction
from mailer.delivery import audience
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.models import Subscriber

CAMILLE, NADIA, ZOE = (parse(f"{name}@exemple.fr") for name in ("camille", "nadia", "zoe"))
SHOWN = Evidence(Method.WEB_FORM, now(), address="camille@exemple.fr")


@pytest.fixture
def rotated(app, letter):
    """Camille objected and is forgotten, Nadia asked for the letter; then both keys changed."""
    with transaction():
        consent.suppress(fingerprint_of(CAMILLE), Reason.OBJECTION, now(), "request:1")
        subscriptions.request(NADIA, [letter], SHOWN, "fr", now())
    old = {"FINGERPRINT_KEYS_OLD": [app.config["FINGERPRINT_KEY"]]}
    old |= {"LEDGER_KEYS_OLD": [app.config["LEDGER_KEY"]]}
    app.config.update(FINGERPRINT_KEY="newer", LEDGER_KEY="newer too", **old)


def test_who_objected_under_the_old_pepper_is_not_written_to(rotated):
    assert not is_sendable(fingerprint_of(CAMILLE))
    assert not is_sendable(fingerprint_of(parse(" CAMILLE@Exemple.FR")))


def test_an_import_of_who_objected_reaches_nobody(rotated, desk, letter):
    desk.imports("email\nCamille@exemple.fr\nzoe@exemple.fr\n")

    assert set(addresses_reached(letter)) == {"zoe@exemple.fr"}


def test_who_is_known_is_the_same_person_and_who_is_not_has_the_new_fingerprint(rotated, letter):
    with transaction():
        for address in (NADIA, ZOE):
            subscriptions.request(address, [letter], SHOWN, "fr", now())

    nadia, zoe = db.session.scalars(select(Subscriber.fingerprint).order_by(Subscriber.id))
    assert fingerprints_of([ZOE, NADIA]) == [zoe, nadia]
    kinds = db.session.scalars(select(ConsentEvent.kind).where(ConsentEvent.fingerprint == nadia))
    assert kinds.all() == [Kind.SIGNUP_REQUESTED, Kind.SIGNUP_REQUESTED]


def test_events_under_the_old_and_the_new_key_are_one_chain(rotated, letter):
    with transaction():
        subscriptions.request(ZOE, [letter], SHOWN, "fr", now())

    verdict = verification.verify()
    names = db.session.scalars(select(ConsentEvent.key_id).distinct()).all()
    assert (verdict.fault, verdict.events, len(names)) == (None, 3, 2)


def test_without_the_old_key_the_old_events_are_named(rotated, app):
    app.config["LEDGER_KEYS_OLD"] = []

    assert verification.verify().fault.place == "event 1"


def addresses_reached(list_id):
    reached = Subscriber.id.in_(audience.members(list_id, now()))
    return db.session.scalars(select(Subscriber.address).where(reached)).all()
