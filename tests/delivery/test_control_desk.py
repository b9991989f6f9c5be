"""The buttons on a campaign's page, and what it says after them."""

import re
from datetime import timedelta

from delivery.pressing import DOWN, press, words, work_after
from sqlalchemy import update

from mailer.audit.queries import history_of
from mailer.clock import PARIS, now
from mailer.db import db, transaction
from mailer.delivery import pace
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail import allowances
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.web.pages import PAGE_ROWS


def test_a_mended_campaign_is_taken_up_from_its_page(desk, letter, subscribe, relay):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": Outcome(Kind.REJECTED, "5.7.8", "no", Stage.AUTH)}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    desk.submit(f"{place}/reprise")
    said = words(desk.get(place))
    assert "Arrêter pour de bon" in said
    assert "Annuler l’envoi" not in said


def test_a_campaign_is_stopped_from_its_page(desk, letter, subscribe, relay):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": DOWN}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    desk.submit(f"{place}/arret")
    desk.submit(f"{place}/arret")
    said = words(desk.get(place))
    assert "Ce qui n’était pas parti n’est pas parti" in said
    assert "Pas encore servis à l’arrêt de l’envoi 1" in said


def test_a_campaign_is_paused_and_resumed_from_its_page(desk, letter, subscribe, relay):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": DOWN}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    desk.submit(f"{place}/pause")
    assert desk.submit(f"{place}/pause").location == place
    assert "par Camille Morin. Rien ne part" in words(desk.get(place))
    desk.submit(f"{place}/fin-de-pause")
    assert "En cours" in words(desk.get(place))


def test_those_who_were_deferred_are_tried_at_once_from_the_page(desk, letter, subscribe, relay):
    subscribe(2)
    relay.answers = {"p1@exemple.fr": Outcome(Kind.DEFERRED, "4.2.2", "full", Stage.RCPT)}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    assert "Réessayer maintenant la lettre remise" in words(desk.get(place))
    relay.answers = {}
    desk.submit(f"{place}/nouvel-essai")
    work_after(pace.HOLD)
    assert "Terminé" in words(desk.get(place))


def test_those_in_doubt_are_listed_masked_and_written_to_again(desk, letter, subscribe, relay):
    subscribe(2)
    relay.answers = {"p1@exemple.fr": Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL)}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    listed = desk.get(f"{place}/incertains")
    assert "p••••@exemple.fr" in listed.text
    assert "p1@exemple.fr" not in listed.text
    assert "Renvoyer à cette personne" in listed.text

    desk.submit(f"{place}/incertains")
    again = desk.get(f"{place}/incertains")

    assert "le relais a répondu pour chaque lettre" in again.text
    assert "Reprise le" in words(desk.get(place))


def test_an_address_in_doubt_is_shown_to_who_sees_addresses_and_recorded(
    staff, letter, subscribe, relay
):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL)}
    desk = staff("sender", "subscribers")
    place = press(desk, letter).location
    work_after(pace.HOLD)
    assert "Afficher les adresses" in desk.get(f"{place}/incertains").text
    assert "p1@exemple.fr" in desk.submit(f"{place}/incertains/adresses").text
    verbs = [entry.verb for entry in history_of(f"campaign:{place.split('/')[-1]}")]
    assert verbs[-2:] == ["read-uncertain", "reveal-uncertain"]


def test_who_only_sends_sees_no_address(desk, letter, subscribe):
    subscribe(1)
    place = press(desk, letter).location
    assert desk.submit(f"{place}/incertains/adresses").status_code == 404


def test_the_night_is_said_with_its_end(app, desk, begin, subscribe):
    subscribe(1)
    begins, ends = (now().astimezone(PARIS) + timedelta(hours=each) for each in (-1, 1))
    app.config["QUIET_HOURS"] = f"{begins:%H:%M}-{ends:%H:%M}"
    said = words(desk.get(f"/bureau/envois/{begin()}"))
    assert "Ce sont les heures calmes. L’envoi reprendra de lui-même le" in said


def test_a_relay_that_is_left_alone_is_said(desk, begin, subscribe):
    subscribe(1)
    campaign_id, name = begin(), allowances.standing(now())[0].name
    with transaction():
        allowances.pause(name, "4.4.1", now())
    said = words(desk.get(f"/bureau/envois/{campaign_id}"))
    assert "ne répond pas (4.4.1) et est laissé en paix" in said
    assert "Aucun relais ne répond." in said


def test_without_a_worker_the_page_says_that_nothing_leaves(desk, begin, subscribe):
    subscribe(1)
    assert "rien ne part" in words(desk.get(f"/bureau/envois/{begin()}"))


def test_those_in_doubt_are_listed_by_the_page(desk, begin, subscribe):
    subscribe(PAGE_ROWS + 1)
    campaign_id = begin()
    with transaction():
        lost = update(Delivery).values(state=DeliveryState.UNCERTAIN, next_at=None)
        db.session.execute(lost)
    first = desk.get(f"/bureau/envois/{campaign_id}/incertains").text
    (last,) = re.findall(r"apres=(\d+)", first)
    second = desk.get(f"/bureau/envois/{campaign_id}/incertains?apres={last}").text
    assert (first.count("p••••@"), second.count("p••••@")) == (PAGE_ROWS, 1)
    assert "Suite" not in second
