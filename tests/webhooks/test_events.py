"""What happens is an event for whoever listens, with numbers alone, in the same transaction."""

from datetime import timedelta

import pytest
from api import office
from sqlalchemy import select

from mailer.addresses import parse
from mailer.clock import now, paris_day
from mailer.consent.evidence import Evidence, Method
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, transaction
from mailer.delivery import campaigns, pipeline
from mailer.delivery.campaigns import Order
from mailer.delivery.consequences import Failure
from mailer.events import Event
from mailer.rights import operations as rights
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.operations import Intake
from mailer.subscriptions import operations
from mailer.tokens import CONFIRM

CAMILLE = parse("camille@exemple.fr")


def told():
    """The kinds of what was noted, the oldest first."""
    return list(db.session.scalars(select(Event.kind).order_by(Event.id)))


@pytest.fixture
def campaign(app):
    with transaction():
        maker, row = office.someone(), office.mailing_list()
        letter = office.letter(row, office.article())
        later = now() + timedelta(days=2)
        return campaigns.schedule(Order(letter.id, row.id, 1, later, maker), now()).id


def test_who_presses_the_button_is_confirmed_and_told(app):
    seen = Evidence(Method.WEB_FORM, now(), address=CAMILLE.display)
    with transaction():
        row = office.mailing_list()
        link = operations.request(CAMILLE, [row.id], seen, "fr", now())
        assert told() == []
        operations.confirm(CONFIRM.sign(link.id), seen, now())

    assert told() == ["subscription.confirmed"]
    data = db.session.scalars(select(Event)).one().data
    assert set(data) == {"subscription_id", "list_id", "subscriber_id"}
    assert data["list_id"] == row.id


def test_a_request_is_told_by_its_number(app):
    day = paris_day(now())
    asked = Intake(
        address=CAMILLE,
        fingerprint=fingerprint_of(CAMILLE),
        rights=(Right.ACCESS,),
        verbatim="",
        channel=Channel.FORM,
        received_on=day,
        language="fr",
        calendar=app.config["HOLIDAY_CALENDAR"],
    )
    with transaction():
        case = rights.receive(asked, "account:1", now())

    event = db.session.scalars(select(Event)).one()
    assert (event.kind, event.data) == ("request.received", {"request_id": case.id})


def test_a_letter_and_its_campaign_are_told_from_approval_to_the_end(campaign):
    with transaction():
        row = campaigns.by_id(campaign)
        campaigns.start(row, now())
        campaigns.finish(row, now())

    assert told() == ["letter.approved", "campaign.started", "campaign.finished"]


def test_a_campaign_that_fails_or_is_stopped_is_told(campaign):
    with transaction():
        campaigns.fail(campaigns.by_id(campaign), Failure.MERGE, "field")
        pipeline.stop(campaign, "account:1", now())

    assert told() == ["letter.approved", "campaign.failed", "campaign.stopped"]


def test_a_campaign_that_is_given_up_before_it_begins_is_told(campaign):
    with transaction():
        pipeline.give_up(campaign, "account:1", now())

    assert told() == ["letter.approved", "campaign.stopped"]
