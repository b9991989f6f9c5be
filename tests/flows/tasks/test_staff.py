"""What the staff do: a letter, its trial, its departure, a halt, a lost draft, a file of rows."""

import re
import sqlite3
import time
from contextlib import closing
from datetime import timedelta

import pytest
from flows.tasks import planning
from flows.tasks.figures import (
    FIVE_ARTICLES,
    IMPORT,
    RECOVER,
    SCHEDULE,
    STOP_AT_ONCE,
    STOP_LATER,
)
from playwright.sync_api import Locator, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.xdist_group("tasks"),
    pytest.mark.parametrize("way", ["mouse", "keyboard"]),
]

# The worker looks every few seconds; a busy machine takes its time.
SOON = 120_000
ROWS, WRONG = 10_000, 37


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name)


def sent(scene, campaign: str) -> int:
    """How many mails of that sending have left, as its ledger says."""
    count = "SELECT count(*) FROM delivery WHERE campaign_id = ? AND state = 'sent'"
    with closing(sqlite3.connect(scene.demo.folder / "mailer.sqlite", timeout=30)) as database:
        return int(database.execute(count, [campaign.rsplit("/", 1)[1]]).fetchone()[0])


def at_rest(scene, campaign: str) -> int:
    """How many had left when no more did."""
    before, after = -1, sent(scene, campaign)
    while before != after:
        time.sleep(1)
        before, after = after, sent(scene, campaign)
    return after


def test_five_articles_to_a_trial(scene, within):
    address, _ = scene.demo.account("staff")
    with scene.hand("/bureau/lettres", who="staff") as hand:
        page, known = hand.page, len(scene.demo.mails_to(address))
        hand.press(page.get_by_role("link", name="Nouvelle lettre"))
        for place in range(5):
            hand.press(page.locator("[name=article]").nth(place))
        hand.press(button(page, "Composer la lettre"))
        hand.write(page.get_by_label("Objet"), "Cinq nouvelles de la côte")
        hand.press(button(page, re.compile("^Descendre")).first)
        hand.press(button(page, "M’envoyer un essai"))

        assert "Cinq nouvelles" in str(scene.demo.next_mail(address, known)["Subject"])
        within(FIVE_ARTICLES, hand)


def test_from_the_trial_to_a_planned_sending(scene, within):
    with scene.hand(planning.draft(scene, f"Prévue par {scene.way}"), who="staff") as hand:
        page = hand.page
        hand.press(button(page, "Enregistrer et vérifier"))
        hand.press(button(page, "Approuver la lettre"))
        hand.press(page.get_by_label("À une date et une heure"))
        hand.write(page.get_by_label("Jour"), planning.typed_day())
        hand.write(page.get_by_label("Heure, à Paris"), "0930AM")
        hand.press(button(page, re.compile("^Envoyer à")))

        expect(page.locator("main")).to_contain_text("Rien n’est encore parti")
        within(SCHEDULE, hand)


def test_stop_in_the_first_minute(scene, within):
    campaign = planning.sending(scene, f"Partie trop tôt par {scene.way}")
    with scene.hand(campaign, who="staff") as hand:
        hand.press(button(hand.page, "Annuler l’envoi"))

        expect(hand.page.locator("main")).to_contain_text("rien n’est parti")
        assert sent(scene, campaign) == 0
        within(STOP_AT_ONCE, hand)


def test_stop_on_the_way(scene, within):
    campaign = planning.sending(scene, f"Partie à tort par {scene.way}", timedelta())
    while not sent(scene, campaign):
        time.sleep(0.2)
    with scene.hand(campaign, who="staff") as hand:
        page = hand.page
        hand.press(page.get_by_text("Arrêter pour de bon"))
        with hand.takes_effect():
            hand.press(button(page, "Arrêter l’envoi"))
            expect(page.locator("main")).to_contain_text("Ce qui n’était pas parti n’est pas")
            stopped = at_rest(scene, campaign)

        assert sent(scene, campaign) == stopped < scene.readers()
        within(STOP_LATER, hand)


def test_find_a_draft_again(scene, within):
    subject = f"Avant la panne, par {scene.way}"
    typed = "Ce qui est tapé deux secondes avant la panne n’est pas perdu."
    with scene.hand(planning.draft(scene, subject), who="staff") as hand:
        crashed, context = hand.page, hand.page.context
        hand.write(crashed.get_by_label("Texte d’aperçu"), typed)
        crashed.wait_for_timeout(2_000)
        crashed.close()
        again = type(hand)(context.new_page())
        again.page.goto("/bureau/lettres")
        again.press(again.page.get_by_role("link", name=subject))

        expect(again.page.get_by_label("Texte d’aperçu")).to_have_value(typed)
        within(RECOVER, again)


def test_import_ten_thousand_rows(scene, within, tmp_path):
    file = tmp_path / "salon.csv"
    spoilt = range(100, 100 + 200 * WRONG, 200)
    rows = ["Nom,Courriel"]
    for number in range(ROWS):
        at = "" if number in spoilt else "@"
        rows.append(f"Personne {number},{scene.way}.{number}{at}import.exemple.fr")
    file.write_text("\n".join(rows), encoding="utf-8")
    with scene.hand("/bureau/abonnes/importation", who="staff") as hand:
        page = hand.page
        hand.give(page.get_by_label("Fichier d’adresses"), file)
        hand.press(button(page, "Vérifier ce fichier"))
        hand.press(button(page, "Lire le fichier"))
        start = button(page, re.compile(r"^Importer 9[\s  ]963 adresses"))
        expect(start).to_be_visible(timeout=SOON)
        told = page.locator("main").inner_text()
        hand.press(start)

        expect(page.locator("main")).to_contain_text("Ce qui a été fait", timeout=SOON)
        assert [row for row in spoilt if str(row + 2) not in told.replace("\u202f", "")] == []
        assert told.count("adresse sans @") >= WRONG
        within(IMPORT, hand)
