"""What an administrator does first: see a letter of the demonstration in its mailbox."""

import pytest
from flows.tasks.figures import FIRST_LETTER
from playwright.sync_api import expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("tasks"),
    pytest.mark.parametrize("way", ["mouse", "keyboard"]),
]

COMMAND = "make run\n"


def test_from_one_command_to_the_first_letter(scene, within, start_seconds):
    address, passphrase = scene.demo.account("admin")
    with scene.hand() as hand:
        page, known = hand.page, len(scene.demo.mails_to(address))
        hand.tally.keys, hand.tally.waited = len(COMMAND), start_seconds
        hand.follow(f"{scene.demo.url}/connexion")
        hand.write(page.get_by_label("Adresse e-mail"), address)
        hand.write(page.get_by_label("Phrase de passe"), passphrase)
        hand.press(page.get_by_role("button", name="Se connecter"))
        hand.press(page.get_by_role("link", name="Avant l’hiver"))
        hand.press(page.get_by_role("button", name="M’envoyer un essai"))
        subject = str(scene.demo.next_mail(address, known)["Subject"])
        hand.press(page.get_by_role("link", name="Voir les courriels captés"))
        hand.press(page.get_by_role("link", name=subject).first)

        expect(page.locator("body")).to_contain_text("Avant l’hiver")
        within(FIRST_LETTER, hand)
