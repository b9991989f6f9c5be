"""How letters fare with each provider, counted, and drawn on a page with its numbers."""

import re
from datetime import timedelta

import pytest

from mailer.bounces import deliverability
from mailer.bounces.deliverability import OTHERS
from mailer.bounces.deliverability_charts import Line, by_provider
from mailer.bounces.models import ProviderEvent
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind, Reason

PAGE = "/bureau/retours/fournisseurs"


@pytest.fixture
def sent(subscribe, send):
    """Seven letters: four to Gmail, of which one arrived, two to a town, one to Orange."""
    subscribe(4, domain="gmail.com")
    subscribe(2, first=5, domain="ville-exemple.fr")
    subscribe(1, first=7, domain="Wanadoo.fr")
    send()
    with transaction():
        mails = db.session.query(Delivery).order_by(Delivery.id).all()
        for mail in mails[:2]:
            mail.state, mail.status = DeliveryState.FAILED, "5.1.1"
        mails[2].state, mails[2].next_at = DeliveryState.DEFERRED, now()
        for mail, kind in ((mails[1], Kind.BOUNCE), (mails[3], Kind.COMPLAINT)):
            _tell(mail, kind)


def _tell(mail, kind):
    db.session.add(
        ProviderEvent(
            provider="mail",
            event_id=f"{mail.id} {kind}",
            fingerprint="",
            kind=kind,
            reason=Reason.UNDEFINED,
            status="",
            is_permanent=True,
            feedback_type="",
            delivery_id=mail.id,
            received_at=now(),
        )
    )


def plain(page):
    return " ".join(re.sub("<[^>]+>", " ", page).split()).replace("\u00a0", " ")


def test_each_provider_has_what_became_of_its_mails_and_small_ones_are_together(sent):
    found = by_provider(deliverability.counts(now() - timedelta(weeks=12)))

    assert found == {
        "Gmail": Line(delivered=1, deferred=1, refused=1, bounced=1, complaints=1),
        "Orange": Line(1, 0, 0, 0, 0),
        OTHERS: Line(2, 0, 0, 0, 0),
    }


def test_the_page_draws_all_providers_and_the_weeks_of_one(staff, sent):
    desk = staff("sender")
    everything, gmail = (desk.get(PAGE + asked).text for asked in ("", "?fournisseur=Gmail"))

    assert everything.count('<svg class="chart"') == 3
    assert "Lettres envoyées : 7 ; remises : 4" in plain(everything)
    assert "Le moins bon : Gmail" in plain(everything)
    assert "Lettres envoyées : 4 ; remises : 1" in plain(gmail)
    assert "Refusées à l’arrivée : 1" in plain(gmail)
    assert gmail.count('<svg class="chart"') == 2
    assert "wanadoo" not in everything.lower()


def test_before_the_first_letter_the_page_teaches_how_to_read_it(staff, app):
    desk = staff("admin")

    assert "chaque fournisseur aura ici sa ligne" in desk.get(f"{PAGE}?fournisseur=Gmail").text
    assert PAGE in desk.get("/bureau/retours").text
