"""What may leave is said alike on the first page and on the page of campaigns."""

import pytest
from sqlalchemy import insert

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState
from mailer.web.pages import PAGE_ROWS

READY = "Prêtes à partir"


@pytest.fixture
def run(list_id, sender):
    """`run(letter, state, count)`: so many campaigns of the letter, in that state."""

    def written(letter, state=CampaignState.FINISHED, count=1):
        row = {
            "issue_id": letter,
            "list_id": list_id,
            "salt": "s",
            "content_hash": "h",
            "state": state,
            "created_by": sender,
            "created_at": now(),
            "starts_at": now(),
        }
        with transaction():
            rows = [row | {"run": number} for number in range(1, count + 1)]
            db.session.execute(insert(Campaign), rows)

    return written


def test_a_letter_sent_before_a_whole_page_of_campaigns_is_not_ready(desk, write, run):
    run(write("Le phare rouvre"))
    run(write("La digue est finie"), count=PAGE_ROWS + 1)
    for page in ("/bureau/envois", "/bureau"):
        said = desk.get(page).text
        assert READY not in said
        assert "Envoyer «" not in said


@pytest.mark.parametrize(
    ("state", "is_ready"),
    [
        (CampaignState.SCHEDULED, False),
        (CampaignState.PAUSED, False),
        (CampaignState.FINISHED, False),
        (CampaignState.CANCELLED, True),
    ],
)
def test_a_cancelled_campaign_alone_leaves_its_letter_ready(desk, letter, run, state, is_ready):
    run(letter, state)
    assert (READY in desk.get("/bureau/envois").text) == is_ready
    assert ("Envoyer «" in desk.get("/bureau").text) == is_ready


def test_letters_that_wait_longer_than_a_page_are_all_reached(desk, write, monkeypatch):
    monkeypatch.setattr("mailer.delivery.ready.PAGE_ROWS", 1)
    monkeypatch.setattr("mailer.web.pages.PAGE_ROWS", 1)
    older, newer = write("Le phare rouvre"), write("La digue est finie")
    first = desk.get("/bureau/envois")
    assert f"lettres/{newer}/envoi" in first.text
    assert f"lettres/{older}/envoi" not in first.text
    following = f"/bureau/envois?pretes={newer}"
    assert following in first.text
    assert f"lettres/{older}/envoi" in desk.get(following).text
