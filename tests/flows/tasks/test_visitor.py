"""What a visitor comes for: to receive a letter, to leave it, and to exercise a right."""

import re
from urllib.request import urlopen

import pytest
from demonstration import link
from flows.tasks.figures import ASK, LEAVE_BY_HEADER, LEAVE_BY_LETTER, OBJECT, SUBSCRIBE
from flows.tasks.scene import HANDS
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("tasks"),
    pytest.mark.parametrize("way", HANDS),
]


def heading(page):
    return page.get_by_role("heading", level=1)


def test_subscribe(scene, within):
    address = f"nouvelle.{scene.way.split()[0]}@exemple.fr"
    with scene.hand("/listes/lettre") as hand:
        page = hand.page
        hand.write(page.get_by_label("Mon adresse e-mail"), address)
        hand.press(page.get_by_role("button", name="S’inscrire"))
        expect(heading(page)).to_have_text("Vérifiez votre boîte")
        hand.follow(link(scene.demo.next_mail(address), "/inscriptions/"))
        hand.press(page.get_by_role("button", name="Confirmer mon inscription"))

        expect(heading(page)).to_have_text("C’est fait")
        within(SUBSCRIBE, hand)


def test_leave_from_the_header(scene, within):
    reader = scene.reader(1)
    with scene.hand() as hand:
        # What a mail program posts by itself (RFC 8058).
        with urlopen(reader.one_click, b"List-Unsubscribe=One-Click") as answer:
            assert answer.status == 200
        within(LEAVE_BY_HEADER, hand)

        hand.page.goto(reader.body_link)
        expect(heading(hand.page)).to_have_text("C’est fait")


def test_leave_from_the_letter(scene, within):
    with scene.hand() as hand:
        hand.follow(scene.reader(2).body_link)
        hand.press(hand.page.get_by_role("button", name="Me désinscrire"))

        expect(heading(hand.page)).to_have_text("C’est fait")
        within(LEAVE_BY_LETTER, hand)


def test_exercise_a_right(scene, within):
    address = f"curieuse.{scene.way.split()[0]}@exemple.fr"
    with scene.hand("/droits") as hand:
        page = hand.page
        hand.press(page.get_by_label("Savoir ce que vous avez sur moi"))
        hand.write(page.get_by_label("Adresse e-mail concernée"), address)
        hand.press(page.get_by_role("button", name="Continuer"))
        hand.press(page.get_by_role("button", name="Envoyer ma demande"))
        expect(page.locator("main")).to_contain_text(re.compile(r"DR-\d{4}-\d{4}"))
        hand.follow(link(scene.demo.next_mail(address), "/confirmation"))
        hand.press(page.get_by_role("button", name="Oui, c’est ma demande"))

        expect(heading(page)).to_have_text("C’est confirmé")
        within(ASK, hand)


def test_object_to_every_letter(scene, within):
    with scene.hand() as hand:
        hand.follow(scene.reader(3).body_link)
        with hand.takes_effect():
            hand.press(hand.page.get_by_role("button", name="Ne plus rien recevoir"))
            expect(hand.page.locator("main")).to_contain_text("plus aucun envoi ne partira")

        within(OBJECT, hand)
