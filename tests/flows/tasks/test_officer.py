"""What the officer does most: see what presses, answer, and prove that it was answered."""

from zipfile import ZipFile

import pytest
from flows.tasks.figures import CLOSE_ACCESS, MOST_URGENT, PROOF
from flows.tasks.scene import HANDS
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("tasks"),
    pytest.mark.parametrize("way", HANDS),
]


def test_find_the_most_urgent(scene, within):
    with scene.hand(who="dpo") as hand:
        expect(hand.page.get_by_role("heading", level=1)).to_contain_text("à traiter cette semaine")
        expect(hand.page.locator("main")).to_contain_text("La plus urgente")
        within(MOST_URGENT, hand)


def test_close_a_request_for_access(scene, within):
    reference = scene.access_case()
    with scene.hand(who="dpo") as hand:
        page = hand.page
        hand.press(page.get_by_role("link", name=reference))
        hand.choose(page.get_by_label("Accès", exact=True), "Accordé")
        hand.press(page.get_by_role("button", name="Relire les lettres"))
        hand.write(page.get_by_label("Pour confirmer, recopiez la référence"), reference)
        hand.press(page.get_by_role("button", name="Signer, envoyer et clore"))

        expect(page.get_by_role("status")).to_have_text("La réponse part, et la demande est close.")
        within(CLOSE_ACCESS, hand)


def test_take_the_file_of_proof(scene, within):
    with scene.hand(f"/bureau/demandes/{scene.access_case()}", who="dpo") as hand:
        button = hand.page.get_by_role("button", name="Dossier de preuve")
        with hand.takes_effect(), hand.page.expect_download() as taken:
            hand.press(button)

        assert ZipFile(taken.value.path()).namelist()
        within(PROOF, hand)
