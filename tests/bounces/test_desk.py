"""The pages about what came back: who sees them, what they say, and the way back for an address."""

import re

import pytest
from statements import statements

from mailer import addresses
from mailer.audit.models import Entry
from mailer.bounces import receiving
from mailer.clock import now, paris_day
from mailer.consent import operations as consent
from mailer.consent.models import ConsentEvent, Reason, Suppression
from mailer.consent.queries import is_sendable
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.subscriptions.models import Subscriber

WHY = "Elle a appelé : sa boîte est rouverte."


@pytest.fixture
def bounced(subscribe, send):
    """Two letters of which the first came back; the number of the campaign."""
    subscribe(2)
    campaign_id = send()
    with transaction():
        # As people are known in a database that nobody made for a test.
        for each in db.session.query(Subscriber):
            each.fingerprint = fingerprint_of(addresses.parse(each.address))
        mail = db.session.query(Delivery).order_by(Delivery.id).first()
        mail.state, mail.status = DeliveryState.FAILED, "5.1.1"
        who = db.session.get(Subscriber, mail.subscriber_id).fingerprint
        consent.suppress(who, Reason.HARD_BOUNCE, now(), f"delivery:{mail.id}")
    return campaign_id


@pytest.fixture
def people(staff):
    return staff("subscribers")


def suppression():
    return db.session.query(Suppression).one()


def levee():
    return f"/bureau/retours/suppressions/{suppression().id}/levee"


def fingerprint(number=1):
    return fingerprint_of(addresses.parse(f"p{number}@exemple.fr"))


def plain(page):
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def test_before_anything_came_back_the_page_teaches_how_to_set_it_up(people):
    page = people.get("/bureau/retours").text

    assert "BOUNCE_WEBHOOKS" in page
    assert "RETURN_PATH_DOMAIN" in page


def test_the_page_shows_what_came_back_with_its_numbers_beside_the_drawing(people, bounced):
    page = people.get("/bureau/retours").text

    assert page.count('<svg class="chart"') == 2
    assert page.count("Les nombres de ce graphique") == 2
    assert "50,00" in plain(page)
    assert "exemple.fr" in page


def test_the_page_takes_a_few_statements(people, bounced):
    with statements() as seen:
        people.get("/bureau/retours")
    assert len([each for each in seen if "provider_event" in each or "refused" in each]) == 5


def test_refused_requests_are_told_by_service_and_day(people):
    with transaction():
        for _ in range(3):
            receiving.count_refused("mailgun", paris_day(now()))

    page = plain(people.get("/bureau/retours").text)
    assert "mailgun 3" in page


def test_a_campaign_says_why_and_what_becomes_of_the_people(staff, bounced):
    page = plain(staff("sender").get(f"/bureau/envois/{bounced}/retours").text)

    assert "Adresse inconnue de son serveur 1" in page
    assert "Nous n’écrivons plus à cette adresse." in page
    assert "Rien à faire." in page


def test_what_is_ours_comes_with_its_cure(staff, bounced):
    with transaction():
        db.session.query(Delivery).order_by(Delivery.id).first().status = "5.7.26"

    page = plain(staff("editor").get(f"/bureau/envois/{bounced}/retours").text)
    assert "La personne reste inscrite : elle n’y est pour rien." in page
    assert "DKIM" in page


def test_the_page_of_the_campaign_leads_there(staff, bounced):
    page = staff("sender").get(f"/bureau/envois/{bounced}").text
    assert f"/bureau/envois/{bounced}/retours" in page


def test_an_address_is_found_by_posting_it_and_stands_in_no_link(people, bounced):
    answer = people.submit("/bureau/retours/adresse", address="P1@Exemple.fr")
    page = people.get(answer.location).text

    assert "exemple" not in answer.location.lower().replace("localhost", "")
    assert answer.status_code == 303
    assert "p••••@exemple.fr" in page
    assert "p1@exemple.fr" not in page
    assert "La lettre « Le phare rouvre » en est la cause" in plain(page)
    assert "Écrire de nouveau à cette adresse" in page


def test_every_look_is_in_the_record_without_the_address(people, bounced):
    people.get(people.submit("/bureau/retours/adresse", address="p1@exemple.fr").location)

    looks = db.session.query(Entry).filter_by(verb="look-returns").all()
    assert len(looks) == 2
    assert not any("@" in each.subject for each in looks)


def test_an_unknown_address_and_a_wrong_one_are_told(people, bounced):
    unknown = people.submit("/bureau/retours/adresse", address="nulle@exemple.fr")
    wrong = people.submit("/bureau/retours/adresse", address="nulle part")

    assert "inscrite nulle part" in unknown.text
    assert (wrong.status_code, "nulle part" in wrong.text) == (422, True)


def test_who_was_erased_is_still_found_by_the_address(people, bounced):
    with transaction():
        db.session.query(Delivery).update({Delivery.subscriber_id: None})
        db.session.delete(db.session.query(Subscriber).filter_by(address="p1@exemple.fr").one())

    answer = people.submit("/bureau/retours/adresse", address="p1@exemple.fr")
    assert "/suppressions/" in answer.location
    assert "empreinte" in people.get(answer.location).text


def test_an_address_that_lives_again_is_written_to_for_a_reason(people, bounced):
    who = fingerprint()
    answer = people.submit(levee(), reason=WHY)

    event = db.session.query(ConsentEvent).order_by(ConsentEvent.id.desc()).first()
    assert answer.status_code == 303
    assert is_sendable(who)
    assert (event.fingerprint, event.method) == (who, "staff")
    assert db.session.query(Entry).filter_by(verb="restore").count() == 1
    assert "Rien n’empêche d’écrire" in people.get(answer.location).text


def test_what_it_means_is_said_before_and_a_reason_is_asked_for(people, bounced):
    assert "la lettre reviendra" in people.get(levee()).text

    short = people.submit(levee(), reason="car oui")

    assert short.status_code == 422
    assert "car oui" in short.text
    assert not is_sendable(fingerprint())


@pytest.mark.parametrize("cause", [Reason.OBJECTION, Reason.COMPLAINT])
def test_the_no_of_a_person_is_not_taken_back_here(people, bounced, cause):
    with transaction():
        consent.suppress(fingerprint(), cause, now(), "request:1")

    page, answer = people.get(levee()), people.submit(levee(), reason=WHY)

    assert "se réinscrire par le formulaire" in page.text
    assert "<textarea" not in page.text
    assert answer.status_code == 409
    assert not is_sendable(fingerprint())


def test_who_has_restricted_their_data_is_shown_to_nobody(people, bounced):
    with transaction():
        consent.suppress(fingerprint(2), Reason.RESTRICTION, now(), "request:1")

    answer = people.submit("/bureau/retours/adresse", address="p2@exemple.fr")
    page = people.get(answer.location).text
    assert "p2@exemple.fr" not in page
    assert "Le phare rouvre" not in page


def test_a_dead_mailbox_of_whose_data_are_set_aside_stays_so(people, bounced):
    with transaction():
        consent.suppress(fingerprint(), Reason.RESTRICTION, now(), "request:1")
        consent.suppress(fingerprint(), Reason.HARD_BOUNCE, now(), "delivery:1")

    page, answer = people.get(levee()), people.submit(levee(), reason=WHY)

    assert "sont mises de côté" in page.text
    assert ("<textarea" in page.text, answer.status_code) == (False, 409)
    assert suppression().reason is Reason.HARD_BOUNCE


def test_who_was_set_aside_may_be_written_to_once_that_has_ended(people, bounced):
    with transaction():
        consent.suppress(fingerprint(), Reason.RESTRICTION, now(), "request:1")
        consent.suppress(fingerprint(), Reason.HARD_BOUNCE, now(), "delivery:1")
        consent.unrestrict(fingerprint(), now(), "request:1")

    assert people.submit(levee(), reason=WHY).status_code == 303
    assert is_sendable(fingerprint())


@pytest.mark.parametrize("path", ["/bureau/retours/abonnes/99", "/bureau/retours/suppressions/99"])
def test_a_number_of_nobody_is_not_found(people, path):
    assert people.get(path).status_code == 404


@pytest.mark.parametrize("role", ["editor", "sender", "dpo"])
def test_others_see_no_address(staff, bounced, role):
    assert staff(role).get("/bureau/retours/adresse").status_code in {403, 404}
