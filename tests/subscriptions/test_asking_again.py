"""A no to being measured is not asked about again for six months (tracking_reask_months)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from mailer.clock import now
from mailer.consent.tracking import Mode
from mailer.db import db, transaction
from mailer.subscriptions.models import MailingList, Subscriber
from mailer.tokens import MANAGE

FOLDED = "Changer d’avis"


@pytest.fixture
def refused(app, visitor, subscribed, letter):
    app.config["TRACKING"] = "individual"
    with transaction():
        db.session.get_one(MailingList, letter).tracking = Mode.INDIVIDUAL
    visitor.submit(page(), lists=[letter], language="fr", opens="refused")


def page():
    return f"/preferences/{MANAGE.sign(db.session.scalars(select(Subscriber.id)).one())}"


def test_after_a_no_the_question_is_folded_away_and_the_way_back_stays(visitor, refused):
    read = visitor.get(page()).text

    assert read.count(FOLDED) == 1
    assert 'name="opens"' in read


@pytest.mark.parametrize(("days", "is_folded"), [(175, True), (190, False)])
def test_the_question_is_put_again_after_six_months(visitor, refused, days, is_folded):
    with time_machine.travel(now() + timedelta(days=days)):
        assert (FOLDED in visitor.get(page()).text) is is_folded
