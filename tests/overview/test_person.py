"""The page of one subscriber: why they are on a list, and what is done for them when they ask."""

import json
import re

import pytest
from sqlalchemy import select

from mailer import addresses
from mailer.audit.models import Entry
from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.mail.models import OutboxMessage
from mailer.rights import operations as rights
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.subscriptions import operations
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State
from mailer.web.access import roles_of

ADDRESS = addresses.parse("camille@exemple.fr")
PAGE = "/bureau/abonnes/1"


@pytest.fixture
def pending(app):
    """Somebody who asked for the letter and has not confirmed yet."""
    at = now()
    with transaction():
        data = ListData("La lettre", "des portraits", "Une fois par mois")
        operations.create_list(data, "account:1")
        shown = Evidence(Method.WEB_FORM, at, page="/inscriptions")
        operations.request(ADDRESS, [1], shown, "fr", at)


@pytest.fixture
def active(pending):
    """The same, since then confirmed."""
    with transaction():
        line = db.session.get_one(Subscription, 1)
        proof = Evidence(Method.CONFIRM_POST, now())
        event = consent.record(line.subscriber.fingerprint, "list:la-lettre", Kind.CONFIRMED, proof)
        line.state, line.consent_id, line.confirmed_at = State.ACTIVE, event.id, now()


def verbs(subject):
    db.session.rollback()
    found = select(Entry.verb).where(Entry.subject == subject, Entry.actor != "subject")
    return list(db.session.scalars(found.order_by(Entry.id)))


def test_the_page_says_why_somebody_is_on_a_list_and_the_look_is_recorded(staff, active):
    page = staff("subscribers").get(PAGE).text

    assert "c••••@exemple.fr" in page
    assert "camille@" not in page
    assert re.search(r"A rempli le formulaire le .* Page\u00a0: /inscriptions", page)
    assert re.search(r"A confirmé le .*, par le bouton de confirmation, depuis la boîte\.", page)
    assert verbs("subscriber:1") == ["look"]


@pytest.mark.parametrize("role", ["subscribers", "dpo"])
def test_the_address_is_shown_to_who_asks_and_the_asking_is_recorded(staff, active, role):
    desk = staff(role)
    page = desk.submit(f"{PAGE}/adresse").text

    assert "camille@exemple.fr" in page
    assert verbs("subscriber:1") == ["reveal-address"]


def test_the_whole_proof_is_a_button_away_though_no_page_holds_the_address(staff, active):
    desk = staff("subscribers")
    proof = desk.submit(f"{PAGE}/preuve").text

    assert "Preuve pour camille@exemple.fr" in proof
    assert "Inscription confirmée" in proof


def test_somebody_is_taken_off_a_list_with_the_way_in_which_they_asked(staff, active):
    desk = staff("subscribers")
    door = f"{PAGE}/listes/1/desabonnement"
    unsaid = desk.submit(door, motive="")
    done = desk.submit(door, motive="phone")

    assert "Dites comment la personne l’a demandé" in unsaid.text
    assert (unsaid.status_code, done.status_code) == (422, 303)
    last = db.session.scalars(select(ConsentEvent).order_by(ConsentEvent.id.desc())).first()
    assert (last.kind, last.method, last.origin) == (Kind.WITHDRAWN, Method.STAFF, "asked:phone")
    assert db.session.get_one(Subscription, 1).state is State.ENDED
    assert verbs("subscription:1") == ["end-as-asked"]


def test_a_confirmation_is_written_again_but_not_at_once_and_only_while_one_waits(
    app, staff, pending
):
    app.config["CONFIRMATION_MINUTES_APART"] = 0
    desk, door = staff("subscribers"), f"{PAGE}/listes/1/confirmation"
    desk.submit(door)
    app.config["CONFIRMATION_MINUTES_APART"] = 10
    desk.submit(door)
    desk.submit(f"{PAGE}/listes/1/desabonnement", motive="mail")
    desk.submit(door)

    mails = db.session.scalars(select(OutboxMessage)).all()
    assert [mail.origin for mail in mails] == ["confirmation:1", "confirmation:2"]
    assert "Rien n’attend de confirmation" in desk.get(PAGE).text


@pytest.fixture
def case(active):
    """A request of the same person."""
    at = now()
    with transaction():
        return rights.receive(
            Intake(
                address=ADDRESS,
                fingerprint=fingerprint_of(ADDRESS),
                rights=(Right.ACCESS,),
                verbatim="Bonjour",
                channel=Channel.FORM,
                received_on=at.date(),
                language="fr",
                calendar="metropole",
            ),
            "subject",
            at,
        ).reference


def test_requests_are_shown_to_the_officer_alone(staff, case):
    assert case in staff("dpo").get(PAGE).text
    assert case not in staff("subscribers").get(PAGE).text


def test_a_copy_is_taken_by_the_officer_alone(app, staff, active):
    taken = staff("dpo").submit(f"{PAGE}/copie")

    assert "camille@exemple.fr" in json.dumps(json.loads(taken.data))
    assert verbs("subscriber:1") == ["take"]
    assert roles_of(app, "overview.copy") == {"dpo"}


def test_who_is_set_aside_has_no_page(staff, active):
    with transaction():
        consent.suppress(fingerprint_of(ADDRESS), Reason.RESTRICTION, now(), "request:1")

    assert staff("subscribers").get(PAGE).status_code == 404


@pytest.mark.parametrize("what", ["confirmation", "desabonnement"])
def test_nothing_is_done_at_the_lists_for_who_is_set_aside(app, staff, pending, what):
    app.config["CONFIRMATION_MINUTES_APART"] = 0
    with transaction():
        consent.suppress(fingerprint_of(ADDRESS), Reason.RESTRICTION, now(), "request:1")
    door = f"{PAGE}/listes/1/{what}"

    assert staff("subscribers").submit(door, motive="mail").status_code == 404
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1
    assert db.session.get_one(Subscription, 1).state is State.PENDING


@pytest.mark.parametrize("role", ["editor", "sender", "approver", "admin"])
def test_nobody_else_sees_a_person(staff, active, role):
    assert staff(role).get(PAGE).status_code == 404
