"""Why am I getting this? Told to whoever has just read the mailbox, and to nobody else."""

import pytest
import time_machine
from sqlalchemy import select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import Reason
from mailer.db import db, transaction
from mailer.rights import erasure
from mailer.subscriptions.models import Subscriber
from mailer.tokens import MANAGE, UNSUBSCRIBE


@pytest.fixture
def camille(subscribed):
    """Her number, once she has confirmed."""
    return db.session.scalars(select(Subscriber.id)).one()


@pytest.fixture
def page(camille):
    return f"/pourquoi/{MANAGE.sign(camille)}"


def from_a_letter(subscription_id):
    return f"/pourquoi/{UNSUBSCRIBE.sign([subscription_id, 'delivery:1'])}"


def test_it_says_when_where_and_to_what_she_said_yes(visitor, page):
    told = visitor.get(page).text

    assert "sur la page /, vous avez demandé «\u00a0La lettre\u00a0»" in told
    assert "par le bouton de confirmation, depuis la boîte" in told
    assert "en version 1" in told
    assert "Ce qui vous a été montré" in told


def test_it_leads_to_preferences_to_the_way_out_and_to_the_rights(visitor, page):
    told = visitor.get(page).text

    assert "/preferences/" in told
    assert "/desinscriptions/" in told
    assert 'href="/droits"' in told


def test_what_has_happened_since_is_told(visitor, page, camille):
    fingerprint = db.session.get(Subscriber, camille).fingerprint
    assert "Rien n’a changé" in visitor.get(page).text

    with transaction():
        consent.suppress(fingerprint, Reason.HARD_BOUNCE, now(), "delivery:1")

    assert "cette boîte n’existe pas" in visitor.get(page).text


def test_who_has_left_every_letter_reads_that_nothing_comes_any_more(visitor, page, subscribed):
    visitor.submit(f"/desinscriptions/{UNSUBSCRIBE.sign([subscribed, ''])}")

    assert "plus aucune de nos lettres" in visitor.get(page).text


def test_after_half_an_hour_the_link_is_closed_and_says_how_to_get_another(visitor, camille):
    with time_machine.travel(now(), tick=False) as clock:
        page = f"/pourquoi/{MANAGE.sign(camille)}"
        clock.shift(31 * 60)
        answer = visitor.get(page)

    assert answer.status_code == 410
    assert "/gestion" in answer.text
    assert "La lettre" not in answer.text


def test_a_letter_that_was_forwarded_tells_nothing_of_its_reader(visitor, subscribed):
    told = visitor.get(from_a_letter(subscribed)).text

    assert "/desinscriptions/" in told
    assert "exemple.fr" not in told.partition("<main")[2].partition("</main>")[0].replace(
        "lettre.exemple.fr", ""
    )
    assert "vous avez coché" not in told


def test_the_page_of_a_letter_is_the_same_for_known_and_unknown(visitor, subscribed):
    pages = {
        number: visitor.get(from_a_letter(number)).text.replace(
            UNSUBSCRIBE.sign([number, "delivery:1"]), "TOKEN"
        )
        for number in (subscribed, 999)
    }

    assert len(set(pages.values())) == 1


def test_an_erased_person_reads_that_nothing_is_left(visitor, page, camille):
    fingerprint = db.session.get(Subscriber, camille).fingerprint
    with transaction():
        erasure.erase(fingerprint, now())

    assert "plus rien à vous montrer" in visitor.get(page).text


def test_a_link_that_is_not_ours_is_refused(visitor, app):
    assert visitor.get("/pourquoi/rien").status_code == 422
