"""When a mailbox that takes none of our letters counts as dead."""

from datetime import timedelta

import pytest

from mailer.consent.queries import suppression_of
from mailer.db import db, transaction
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.patience import SOFT_IN_A_ROW
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.mail.returned import Reason
from mailer.subscriptions.models import Subscriber


@pytest.fixture
def sent(subscribe, send):
    """One letter that has left."""
    subscribe(1)
    send()


def fingerprint(mail):
    return db.session.get(Subscriber, mail.subscriber_id).fingerprint


def why_not(mail):
    return suppression_of(fingerprint(mail))


def earlier(mail, number, apart):
    """So many letters before this one that came back, each so long before the next."""
    campaign = db.session.get(Campaign, mail.campaign_id)
    with transaction():
        for back in range(1, number):
            older = Campaign(
                issue_id=campaign.issue_id,
                list_id=campaign.list_id,
                run=1 + back,
                content_hash=campaign.content_hash,
                state=CampaignState.FINISHED,
                created_by=campaign.created_by,
                created_at=campaign.created_at,
                starts_at=campaign.starts_at,
            )
            db.session.add(older)
            db.session.flush()
            db.session.add(
                Delivery(
                    campaign_id=older.id,
                    subscriber_id=mail.subscriber_id,
                    state=DeliveryState.FAILED,
                    status="5.2.2",
                    at=mail.at - back * apart,
                )
            )


@pytest.mark.parametrize(
    ("number", "apart", "reason"),
    [
        (SOFT_IN_A_ROW, timedelta(days=8), "hard_bounce"),
        (SOFT_IN_A_ROW - 1, timedelta(days=20), None),
        (SOFT_IN_A_ROW, timedelta(days=1), None),
    ],
)
def test_a_mailbox_that_stays_full_for_long_counts_as_dead(sent, come_back, number, apart, reason):
    earlier(db.session.query(Delivery).one(), number, apart)

    # The newest number is the first: the older ones were added after it.
    mail = come_back(1, Reason.MAILBOX_FULL, status="5.2.2")

    assert why_not(mail) == reason


def test_one_letter_that_arrived_in_between_begins_the_count_anew(subscribe, send, come_back):
    subscribe(1)
    send()
    mail = db.session.query(Delivery).one()
    earlier(mail, SOFT_IN_A_ROW, timedelta(days=20))
    with transaction():
        arrived = db.session.query(Delivery).order_by(Delivery.id).all()[2]
        arrived.state = DeliveryState.SENT

    assert why_not(come_back(1, Reason.MAILBOX_FULL)) is None


def test_refusals_that_are_our_fault_are_not_counted_against_the_mailbox(sent, come_back):
    earlier(db.session.query(Delivery).one(), SOFT_IN_A_ROW, timedelta(days=20))
    for place in range(2, SOFT_IN_A_ROW + 1):
        with transaction():
            blocked = db.session.query(Delivery).order_by(Delivery.id).all()[place - 1]
            blocked.status = "5.7.1"

    assert why_not(come_back(1, Reason.MAILBOX_FULL)) is None


def test_reports_that_anybody_could_have_written_are_not_counted(sent, come_back):
    earlier(db.session.query(Delivery).one(), SOFT_IN_A_ROW, timedelta(days=20))
    for place in range(2, SOFT_IN_A_ROW + 1):
        come_back(place, Reason.MAILBOX_FULL, is_proven=False)

    assert why_not(come_back(1, Reason.MAILBOX_FULL)) is None


def test_a_full_mailbox_of_a_daily_letter_counts_as_dead_too(sent, come_back):
    earlier(db.session.query(Delivery).one(), 35, timedelta(days=1))

    assert why_not(come_back(1, Reason.MAILBOX_FULL)) == "hard_bounce"
