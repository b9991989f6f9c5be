"""Closing a list at the desk: what it costs is said first, and nothing more leaves."""

from dataclasses import replace

import pytest
from delivery.pressing import press, words

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.errors import Conflict
from mailer.subscriptions import closing
from mailer.subscriptions.queries import mailing_list


def state_of(campaign_id):
    db.session.rollback()
    return db.session.get_one(Campaign, campaign_id).state


def test_the_page_says_how_many_and_what_is_lost_and_the_button_does_it(
    staff, list_id, subscribe, scheduled
):
    subscribe(2)
    desk = staff("subscribers")

    said = words(desk.get(f"/bureau/listes/{list_id}/fermeture"))
    desk.submit(f"/bureau/listes/{list_id}/fermeture")

    assert "2 personnes la reçoivent" in said
    assert "1 envoi sera annulé" in said
    assert "Le phare rouvre" in said
    assert "Pendant 30 jours vous pouvez la rouvrir" in said
    assert state_of(scheduled) is CampaignState.CANCELLED
    assert mailing_list(list_id).closed_at
    assert desk.get(f"/bureau/listes/{list_id}/fermeture").status_code == 303


def test_a_list_stays_open_while_a_letter_to_it_is_leaving(staff, list_id, subscribe, begin):
    subscribe(2)
    campaign = begin()
    desk = staff("subscribers")

    said = words(desk.get(f"/bureau/listes/{list_id}/fermeture"))
    desk.submit(f"/bureau/listes/{list_id}/fermeture")

    assert "Une lettre part en ce moment" in said
    assert "Fermer la liste" not in said
    assert mailing_list(list_id).closed_at is None
    assert state_of(campaign) is CampaignState.RUNNING


def test_a_letter_to_a_closed_list_is_refused_with_what_to_do(desk, list_id, letter, subscribe):
    subscribe(2)
    with transaction():
        closing.close(list_id, "account:1", now())

    page = desk.get(f"/bureau/lettres/{letter}/envoi", follow_redirects=True)
    press_anyway = press(desk, letter, when="now")

    assert "La liste « L’Estran » est fermée" in words(page)
    assert press_anyway.location.endswith("/bureau/envois")


def test_nothing_is_planned_for_a_closed_list_nor_taken_up_again(order, list_id, subscribe, send):
    subscribe(1)
    sent = send()
    with transaction():
        closing.close(list_id, "account:1", now())

    with pytest.raises(Conflict), transaction():
        campaigns.schedule(replace(order, run=2), now())
    with pytest.raises(Conflict), transaction():
        campaigns.go_on(campaigns.locked(sent), now())
