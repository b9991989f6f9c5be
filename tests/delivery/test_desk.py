from datetime import timedelta

import pytest
import time_machine
from delivery.pressing import DOWN, press, words, work_after

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import transaction
from mailer.delivery import pace
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.subscriptions import operations as subscriptions

WINTER = "2026-11-24T07:00:00+00:00"


def test_an_approved_letter_is_shown_ready_to_leave(desk, letter):
    page = desk.get("/bureau/envois")
    assert f"/bureau/lettres/{letter}/envoi" in page.get_data(as_text=True)


def test_the_list_teaches_when_it_is_empty(desk):
    assert "Aucun envoi pour l’instant." in words(desk.get("/bureau/envois"))


def test_the_check_page_says_how_many_and_who_is_left_out(desk, letter, subscribe):
    subscribe(3)
    with transaction():
        consent.suppress("fingerprint of p1@exemple.fr", Reason.OBJECTION, now(), "case:1")
    said = words(desk.get(f"/bureau/lettres/{letter}/envoi"))
    assert "1 opposé aux envois" in said
    assert "Envoyer à 2 abonnés" in said


def test_a_letter_without_readers_has_no_button(desk, letter):
    said = words(desk.get(f"/bureau/lettres/{letter}/envoi"))
    assert "Personne ne recevrait cette lettre" in said
    assert "Envoyer à" not in said


def test_sending_now_leads_to_the_hold(desk, letter, subscribe):
    subscribe(2)
    page = press(desk, letter)
    assert page.status_code == 303
    assert "Annuler l’envoi" in words(desk.get(page.location))


def test_the_fields_of_a_later_hour_may_stay_empty_when_sending_now(desk, letter, subscribe):
    subscribe(2)
    assert press(desk, letter, when="now", day="", hour="").status_code == 303


def test_a_day_filled_in_while_now_is_ticked_sends_nothing(desk, letter, subscribe):
    subscribe(2)
    answer = press(desk, letter, when="now", day="2027-03-01", hour="09:00")
    assert answer.status_code == 422
    assert "cochez « À une date et une heure »" in words(answer)


def test_a_cancelled_letter_is_ready_to_leave_again(desk, letter, subscribe):
    subscribe(2)
    desk.submit(f"{press(desk, letter).location}/annulation")
    assert "Prêtes à partir" in words(desk.get("/bureau/envois"))


def test_cancelling_in_the_hold_sends_nothing(desk, letter, subscribe, relay):
    subscribe(2)
    place = press(desk, letter).location
    desk.submit(f"{place}/annulation")
    work_after(pace.HOLD)
    assert "Annulé" in words(desk.get(place))
    assert relay.taken == []


def test_cancelling_too_late_says_how_many_had_left(desk, letter, subscribe, relay):
    subscribe(2)
    place = press(desk, letter).location
    work_after(pace.HOLD)
    desk.submit(f"{place}/annulation")
    assert "2 lettres étaient parties" in words(desk.get(place))


def test_cancelling_just_after_the_hold_stops_what_has_begun(desk, letter, subscribe, relay):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": DOWN}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    desk.submit(f"{place}/annulation")
    said = words(desk.get(place))
    assert "L’envoi est annulé : rien n’est parti." in said
    assert "Arrêté" in said


def test_the_hold_counts_its_seconds(desk, letter, subscribe):
    subscribe(1)
    pressed_at = now()
    with time_machine.travel(pressed_at, tick=False):
        place = press(desk, letter).location
    with time_machine.travel(pressed_at + timedelta(seconds=18), tick=False):
        assert "Départ dans 42 secondes." in words(desk.get(place))


def test_the_rest_of_the_page_is_asked_for_less_often(desk, letter, subscribe, relay):
    subscribe(2)
    place = press(desk, letter).location
    work_after(pace.HOLD)
    first = desk.get(f"{place}/resultats")
    again = desk.get(f"{place}/resultats", headers={"If-None-Match": first.headers["ETag"]})
    assert "Envoyés 2" in words(first)
    assert again.status_code == 304


def test_what_is_spoken_stands_outside_what_moves(desk, letter, subscribe):
    subscribe(2)
    place = press(desk, letter).location
    assert 'role="status"' not in desk.get(f"{place}/avancement?etat=scheduled").text
    assert f'role="status" hx-get="{place}/phrase" hx-trigger="every 10s"' in desk.get(place).text
    assert "Départ" in words(desk.get(f"{place}/phrase"))


def test_pressing_twice_is_one_campaign(desk, letter, subscribe):
    subscribe(2)
    assert press(desk, letter).location == press(desk, letter).location


def test_the_same_letter_twice_must_be_meant(desk, letter, subscribe):
    subscribe(2)
    first = press(desk, letter)
    guarded = press(desk, letter, run=2)
    assert guarded.status_code == 422
    assert "déjà partie vers cette liste" in words(guarded)
    assert "Cochez la case" in words(guarded)
    assert press(desk, letter, run=2, again="y").location != first.location


def test_an_hour_is_said_with_its_zone(desk, letter, subscribe):
    subscribe(1)
    with time_machine.travel("2026-11-23T20:00:00+00:00"):
        desk.submit("/connexion", email="sender@exemple.fr", passphrase="sept phares et une marée")
        page = press(desk, letter, when="later", day="2026-11-24", hour="09:00")
        said = words(desk.get(page.location))
    assert "mardi 24 novembre 2026 à 09:00, heure de Paris (UTC+1)" in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": "2020-01-01", "hour": "09:00"}, "Choisissez une date d’envoi dans le futur"),
        ({"day": "2027-03-28", "hour": "02:30"}, "Cette heure n’existe pas"),
        ({"hour": "09:00"}, "Choisissez le jour du départ"),
        ({"day": "2027-03-28"}, "Choisissez l’heure du départ"),
        ({"day": "", "hour": ""}, "Choisissez le jour du départ"),
    ],
)
def test_an_hour_that_cannot_be_is_refused_with_the_cure(desk, letter, subscribe, fields, sentence):
    subscribe(1)
    page = press(desk, letter, when="later", **fields)
    assert page.status_code == 422
    assert sentence in words(page)


def test_a_relay_that_is_down_is_said_on_the_page(desk, letter, subscribe, relay):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": DOWN}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    said = words(desk.get(place))
    assert "Aucun relais ne répond. Rien n’est perdu" in said
    assert "0 sur 1" in said


def test_a_failure_says_what_to_mend(desk, letter, subscribe, relay):
    subscribe(1)
    relay.answers = {"p1@exemple.fr": Outcome(Kind.REJECTED, "5.7.8", "no", Stage.AUTH)}
    place = press(desk, letter).location
    work_after(pace.HOLD)
    said = words(desk.get(place))
    assert "Le relais refuse notre compte (5.7.8)." in said
    assert "Reprendre l’envoi" in said


def test_the_results_say_what_became_of_each(desk, letter, subscribe, relay):
    subscribe(3)
    relay.answers = {
        "p1@exemple.fr": Outcome(Kind.REJECTED, "5.2.2", "full", Stage.RCPT),
        "p2@exemple.fr": Outcome(Kind.UNCERTAIN, "4.4.2", "lost", Stage.FINAL),
    }
    place = press(desk, letter).location
    work_after(pace.HOLD)
    said = words(desk.get(place))
    assert "Boîte pleine 1" in said
    assert "Incertains 1" in said
    assert "Terminé" in said


def test_leaving_by_a_mail_of_the_campaign_is_counted(desk, letter, subscribe, relay):
    subscribe(2)
    place = press(desk, letter).location
    work_after(pace.HOLD)
    with transaction():
        subscriptions.end(1, f"delivery:{relay.taken[0].key}", now())
    assert "Désabonnements par cette lettre 1" in words(desk.get(place))


def test_progress_that_did_not_change_is_not_sent_again(desk, letter, subscribe):
    subscribe(2)
    place = press(desk, letter).location
    first = desk.get(f"{place}/avancement?etat=scheduled")
    again = desk.get(
        f"{place}/avancement?etat=scheduled", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)


def test_the_whole_page_comes_again_when_the_state_changed(desk, letter, subscribe, relay):
    subscribe(2)
    place = press(desk, letter).location
    work_after(pace.HOLD)
    moved = desk.get(f"{place}/avancement?etat=scheduled")
    assert moved.headers["HX-Retarget"] == moved.headers["HX-Reselect"] == "#main"
    assert 'id="main"' in moved.text
    assert "Ce qu’il en est advenu" in moved.text


def test_an_editor_reads_and_does_not_send(staff, desk, letter, subscribe):
    subscribe(1)
    place = press(desk, letter).location
    editor = staff("editor")
    assert "Annuler l’envoi" not in words(editor.get(place))
    assert editor.submit(f"{place}/annulation").status_code == 404
    assert press(editor, letter, run=2, again="y").status_code == 404


def test_a_draft_cannot_be_sent(desk, list_id):
    assert desk.get("/bureau/lettres/1/envoi").status_code == 404
