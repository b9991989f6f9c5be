"""What the page says of the hour before a letter is sent."""

import re

import time_machine
from delivery.pressing import press, words, work_after

from mailer.delivery import pace

NIGHT = "22:00-07:00"


def signed_in(desk):
    desk.submit("/connexion", email="sender@exemple.fr", passphrase="sept phares et une marée")
    return desk


def test_an_hour_that_strikes_twice_is_told_to_be_the_first(desk, letter, subscribe):
    subscribe(1)
    page = press(desk, letter, when="later", day="2027-10-31", hour="02:30")
    said = words(desk.get(page.location))
    assert "à la première" in said
    assert "dimanche 31 octobre 2027 à 02:30, heure de Paris (UTC+2)" in said


def test_an_hour_that_strikes_once_is_told_nothing_of_it(desk, letter, subscribe):
    subscribe(1)
    page = press(desk, letter, when="later", day="2027-10-30", hour="02:30")
    assert "à la première" not in words(desk.get(page.location))


def test_the_quiet_hours_are_told_before_the_button(app, desk, letter, subscribe):
    subscribe(1)
    app.config["QUIET_HOURS"] = NIGHT
    with time_machine.travel("2027-02-01T12:00:00+00:00"):
        said = words(signed_in(desk).get(f"/bureau/lettres/{letter}/envoi"))
    assert f"Heures calmes, à Paris : {NIGHT}" in said
    assert "l’envoi commencera" not in said


def test_a_letter_sent_in_them_is_told_when_it_will_leave(app, desk, letter, subscribe):
    subscribe(1)
    app.config["QUIET_HOURS"] = NIGHT
    with time_machine.travel("2027-02-01T22:00:00+00:00"):
        said = words(signed_in(desk).get(f"/bureau/lettres/{letter}/envoi"))
    assert "l’envoi commencera le mardi 2 février 2027 à 07:00, heure de Paris (UTC+1)" in said


def test_the_menu_shows_the_page_that_sends_under_the_letters(staff, letter):
    page = staff("editor", "sender").get(f"/bureau/lettres/{letter}/envoi").text
    nav = page.partition("</header>")[0]
    assert re.findall(r'href="([^"]+)" aria-current="true"', nav) == ["/bureau/lettres"] * 2


def test_the_last_campaign_tells_how_long_the_next_one_takes(desk, letter, subscribe, relay):
    subscribe(2)
    assert "Durée prévue" not in words(desk.get(f"/bureau/lettres/{letter}/envoi"))
    press(desk, letter)
    work_after(pace.HOLD)
    said = words(desk.get(f"/bureau/lettres/{letter}/envoi"))
    assert "Durée prévue : moins d’une minute" in said
