"""The part of the form and of the campaign's page that is about several subjects."""

import re

import pytest
import time_machine
from delivery.pressing import press, words, work_after

from mailer.clock import now
from mailer.consent.tracking import Mode, What
from mailer.db import db, transaction
from mailer.delivery import jobs, pace
from mailer.delivery.engagement import Hit
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.subject_models import SubjectTest
from mailer.newsletters import approving
from mailer.newsletters import queries as letters
from mailer.subscriptions.models import MailingList

OTHER = "Montez au phare cet été"


@pytest.fixture
def approved(letter, approver):
    """A letter that somebody approved who holds the role and did not write it."""
    with transaction():
        approving.confirm(letters.locked(letter), approver, now())
    return letter


def send(desk, letter, **fields):
    return press(desk, letter, **{"subject_2": OTHER, "share": "50", "wait": "4"} | fields)


def test_the_choice_is_folded_until_somebody_wants_it(desk, letter, subscribe):
    subscribe(200)
    page = desk.get(f"/bureau/lettres/{letter}/envoi").get_data(as_text=True)
    assert '<details id="subjects">' in page
    assert 'name="subject_2"' in page


def test_a_small_list_is_told_before_that_it_cannot_try(desk, letter, subscribe):
    subscribe(199)
    page = desk.get(f"/bureau/lettres/{letter}/envoi")
    assert "Un essai demande au moins 200 abonnés" in words(page)
    assert 'name="subject_2"' not in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"share": "5"}, "Donnez une part de 10 à 50 pour cent"),
        ({"share": "51"}, "Donnez une part de 10 à 50 pour cent"),
        ({"share": "vingt"}, "Donnez une part de 10 à 50 pour cent"),
        ({"share": ""}, "Donnez une part de 10 à 50 pour cent"),
        ({"wait": "0"}, "Donnez une attente de 1 à 24 heures"),
        ({"wait": "25"}, "Donnez une attente de 1 à 24 heures"),
        ({"wait": "1.5"}, "Donnez une attente de 1 à 24 heures"),
        ({"subject_2": "Le phare rouvre"}, "Cet objet est déjà essayé."),
        ({"subject_3": OTHER}, "Cet objet est déjà essayé."),
        ({"subject_2": "Re: le phare"}, "Retirez ce début."),
        ({"subject_2": "Bonjour {{inconnu}}"}, "{{inconnu}} n’existe pas"),
        ({"subject_2": "Bonjour {{prenom}}"}, "{{prenom|à vous}}"),
        ({"subject_2": "!!!"}, "ne contient aucun mot"),
        ({"subject_2": "a" * 301}, "Un objet a 300 caractères au plus."),
        ({"share": "40"}, "que 40 personnes par objet"),
    ],
)
def test_what_cannot_be_tried_is_refused_with_its_cure(desk, letter, subscribe, fields, sentence):
    subscribe(200)
    page = send(desk, letter, **fields)
    assert page.status_code == 422
    assert sentence in words(page)
    typed = page.get_data(as_text=True)
    assert '<details id="subjects" open>' in typed
    for value in fields.values():
        assert value in typed


def test_a_chooser_who_is_none_of_the_choices_is_refused(desk, letter, subscribe):
    subscribe(200)
    page = send(desk, letter, choosing="chance")
    assert page.status_code == 422
    assert "Dites qui choisit, parmi les choix." in words(page)


def test_a_list_too_small_is_refused_even_when_the_form_is_made_up(desk, letter, subscribe):
    subscribe(150)
    page = send(desk, letter)
    assert page.status_code == 422
    assert "videz les autres objets" in words(page)


def test_without_another_subject_nothing_of_it_is_asked(desk, letter, subscribe):
    subscribe(2)
    assert press(desk, letter, share="5", wait="x", choosing="?").status_code == 303


def test_a_line_break_in_a_subject_becomes_a_space(desk, letter, subscribe):
    subscribe(200)
    page = send(desk, letter, subject_2="Montez au phare\r\nBcc: p9@exemple.fr")
    assert "Montez au phare Bcc: p9@exemple.fr" in words(desk.get(page.location))


def test_the_campaign_shows_what_each_subject_brought(desk, letter, subscribe, relay):
    subscribe(200)
    place = send(desk, letter).location
    work_after(pace.HOLD)
    said = words(desk.get(place))
    assert "Ce que chaque objet a apporté" in said
    assert OTHER in said
    assert said.count("Envoyer avec cet objet") == 2
    assert "les clics ne sont comptés par objet que" in said


def test_a_field_in_a_subject_is_filled_for_each_person(desk, letter, subscribe, relay):
    subscribe(200)
    send(desk, letter, subject_2="Bonjour {{prenom|lecteur}} du phare")
    work_after(pace.HOLD)
    assert sum(b"Bonjour lecteur du phare" in each.content for each in relay.taken) == 50


def test_clicks_are_told_and_decide_where_people_agreed(  # noqa: PLR0917 - the whole way
    app, desk, letter, list_id, subscribe, relay, answer
):
    subscribe(200)
    app.config["TRACKING"] = Mode.INDIVIDUAL.value
    with transaction():
        db.session.get_one(MailingList, list_id).tracking = Mode.INDIVIDUAL
    for number in range(1, 201):
        answer(f"p{number}@exemple.fr", "granted", (What.CLICKS,))
    place = send(desk, letter, tracking=Mode.INDIVIDUAL.value).location
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.start_due()
        jobs.send_batches()
        jobs.decide_subjects()
        click(2, 20)
    assert "20 sur 50" in words(desk.get(place))
    with time_machine.travel(now() + pace.HOLD + pace.HOLD * 60 * 5, tick=True):
        jobs.decide_subjects()
    said = words(desk.get(place))
    assert "l’emporte par les clics" in said
    assert "Les clics décident" in said


def click(variant, count):
    with transaction():
        found = db.session.query(Delivery).filter_by(variant=variant).order_by(Delivery.id)
        for mail in found.limit(count):
            hit = Hit(delivery_id=mail.id, subscriber_id=mail.subscriber_id, position=1, at=now())
            db.session.add(hit)


def test_above_the_threshold_somebody_else_approves_the_subjects(  # noqa: PLR0917 - two people
    app, desk, staff, approved, subscribe, relay
):
    letter = approved
    app.config["APPROVAL_ABOVE"] = 199
    subscribe(200)
    place = send(desk, letter).location
    assert "doit approuver ces objets" in words(desk.get(place))
    work_after(pace.HOLD)
    assert relay.taken == []
    assert "une autre personne doit approuver les objets" in words(desk.get(place))
    assert desk.submit(f"{place}/objets/approbation").status_code == 404
    other = staff("approver")
    page = other.get(place).get_data(as_text=True)
    token = re.search(r'approbation".*?name="csrf_token" value="([^"]+)"', page, re.DOTALL)[1]
    answer = other.post(f"{place}/objets/approbation", data={"csrf_token": token})
    assert answer.status_code == 303
    desk.submit(f"{place}/reprise")
    with time_machine.travel(now() + pace.HOLD * 2, tick=True):
        jobs.start_due()
        jobs.send_batches()
    assert len(relay.taken) == 100


def test_whoever_sends_cannot_approve_their_own_subjects(app, staff, approved, subscribe):
    letter = approved
    app.config["APPROVAL_ABOVE"] = 199
    subscribe(200)
    both = staff("sender", "approver")
    place = send(both, letter).location
    assert "Approuver ces objets" not in words(both.get(place))
    assert both.submit(f"{place}/objets/approbation").status_code == 409
    number = int(place.rsplit("/", 1)[1])
    db.session.rollback()
    assert db.session.get_one(SubjectTest, number).approved_by is None
    assert db.session.get_one(Campaign, number).state == "scheduled"
