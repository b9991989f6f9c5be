"""The first page says to each role what there is to do, and to a new desk where to begin."""

import re

import pytest
from sqlalchemy import select

from mailer import addresses
from mailer.clock import now
from mailer.consent.evidence import Evidence, Method
from mailer.db import db, transaction
from mailer.delivery.models import Campaign
from mailer.newsletters import operations as newsletters
from mailer.newsletters.block_types import Article
from mailer.newsletters.blocks import Block
from mailer.newsletters.content import Draft
from mailer.newsletters.models import Issue
from mailer.overview.facts import NAMED
from mailer.subscriptions import operations as subscriptions
from mailer.subscriptions.lists import ListData
from mailer.subscriptions.models import MailingList
from mailer.worker import beats

BLOCKS = (Block("a", Article(title="Le phare rouvre", url="https://exemple.fr/phare")),)
NOTHING = {
    "editor": "Aucune lettre n’est en cours d’écriture. Aucun article n’est arrivé",
    "approver": "Aucune lettre n’attend votre relecture.",
    "sender": "Rien n’attend d’être envoyé, et rien n’est en train de partir.",
    "subscribers": "Depuis lundi, inscriptions confirmées\u00a0: 0, départs\u00a0: 0.",
    "dpo": "Aucune demande n’est à traiter.",
}


@pytest.mark.parametrize(("role", "sentence"), NOTHING.items())
def test_each_role_is_told_that_nothing_waits(staff, role, sentence):
    page = staff(role).get("/bureau").text

    assert sentence in page
    assert page.count('<section class="card"') == 1
    assert "Premiers pas" not in page


def done(page):
    return len(re.findall(r">Fait<", page)), len(re.findall(r">À faire<", page))


def test_a_step_is_done_when_things_are_so(staff):
    desk = staff("admin", "subscribers")
    before = desk.get("/bureau").text
    with transaction():
        data = ListData("La lettre", "des portraits", "Une fois par mois")
        subscriptions.create_list(data, "account:1")

    assert (done(before), done(desk.get("/bureau").text)) == ((0, 7), (1, 6))


@pytest.fixture
def letters(app):
    """A draft, a letter that waits for a colleague, one that is approved; the numbers of them."""
    with transaction():
        data = ListData("La lettre", "des portraits", "Une fois par mois")
        readers = subscriptions.create_list(data, "account:1")
        series = newsletters.series_of(db.session.get_one(MailingList, readers.id))
        made = []
        for subject in ("Brouillon", "À relire", "Prête"):
            issue = newsletters.draft_issue(series, [], "fr", now(), "account:1")
            newsletters.save(issue, Draft(subject, "", BLOCKS), issue.revision, now(), "account:1")
            made.append(issue)
        newsletters.approve(made[2], made[2].revision, "account:1", now())
        return [issue.id for issue in made]


def test_writers_and_senders_are_told_which_letters_wait(staff, letters):
    draft, _asked, ready = letters
    page = staff("editor", "sender").get("/bureau").text

    assert "2 lettres sont en cours d’écriture." in page
    assert f'href="/bureau/lettres/{draft}">Brouillon' in page
    assert "1 lettre approuvée n’est pas envoyée." in page
    assert f'href="/bureau/lettres/{ready}/envoi">Envoyer «\u00a0Prête\u00a0»' in page
    assert db.session.scalars(select(Campaign)).all() == []


def test_all_that_wait_are_counted_and_a_few_are_named(staff, letters):
    with transaction():
        series = db.session.get_one(Issue, letters[0]).newsletter
        for number in range(NAMED):
            issue = newsletters.draft_issue(series, [], "fr", now(), "account:1")
            draft = Draft(f"Lettre {number}", "", BLOCKS)
            newsletters.save(issue, draft, issue.revision, now(), "account:1")
            newsletters.approve(issue, issue.revision, "account:1", now())

    page = staff("sender").get("/bureau").text

    assert f"{NAMED + 1} lettres approuvées ne sont pas envoyées." in page
    assert page.count(">Envoyer «") == NAMED


def test_an_administrator_is_told_what_stands_still(app, staff):
    app.config["BASE_URL"] = "http://lettre.exemple.fr"
    desk = staff("admin")
    silent = desk.get("/bureau").text
    with transaction():
        beats.beat(beats.identity(now()), (), now())

    assert "Les tâches de fond sont arrêtées" in silent
    assert "BASE_URL n’est pas une adresse https" in silent
    assert "Les tâches de fond sont arrêtées" not in desk.get("/bureau").text


def test_a_manager_is_told_what_the_week_brought(staff, letters):
    at = now()
    with transaction():
        shown = Evidence(Method.WEB_FORM, at)
        asked = subscriptions.request(addresses.parse("lea@exemple.fr"), [1], shown, "fr", at)
        for line in asked.subscriptions:
            subscriptions.end(line.id, "", at)

    assert (
        "inscriptions confirmées\u00a0: 0, départs\u00a0: 1"
        in staff("subscribers").get("/bureau").text
    )
