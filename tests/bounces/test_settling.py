"""What follows from what comes back: for the mail, for the person, for the campaign."""

import pytest

from mailer.bounces import jobs, person, receiving, settling
from mailer.bounces.models import ProviderEvent
from mailer.bounces.providers.told import Event, Refusal, Told
from mailer.clock import now
from mailer.consent.models import Suppression
from mailer.consent.queries import suppression_of
from mailer.db import db, transaction
from mailer.delivery.models import Campaign, Delivery
from mailer.delivery.patience import OURS_AT_LEAST
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.mail import verp
from mailer.mail.models import OutboxMessage
from mailer.mail.returned import Kind, Reason
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.states import State


@pytest.fixture
def sent(subscribe, send):
    """One letter that has left."""
    subscribe(1)
    send()


def fingerprint(mail):
    return db.session.get(Subscriber, mail.subscriber_id).fingerprint


def why_not(mail):
    return suppression_of(fingerprint(mail))


@pytest.mark.parametrize(
    "reason", [Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.HAS_MOVED, Reason.NOT_ACCEPT]
)
def test_a_dead_address_is_never_written_to_again(subscribe, send, come_back, reason):
    subscribe(2)
    send()

    mail = come_back(1, reason)

    assert (mail.state, mail.status) == (DeliveryState.FAILED, "5.1.1")
    assert why_not(mail) == "hard_bounce"
    assert db.session.query(Suppression).count() == 1


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Reason.MAILBOX_FULL, {}),
        (Reason.SUSPEND, {}),
        (Reason.EXPIRED, {"status": "4.4.7"}),
        (Reason.FILTERED, {}),
        (Reason.USER_UNKNOWN, {"is_permanent": False}),
        (Reason.AUTH_FAILURE, {"status": "5.7.26"}),
        (Reason.UNDEFINED, {"status": ""}),
    ],
)
def test_a_living_address_is_kept_though_the_mail_failed(subscribe, send, come_back, reason, told):
    subscribe(1)
    send()

    mail = come_back(1, reason, **told)

    assert mail.state is DeliveryState.FAILED
    assert why_not(mail) is None


@pytest.mark.parametrize("kind", [Kind.DELAYED, Kind.DELIVERED, Kind.AUTOREPLY, Kind.REPLY])
def test_what_is_no_end_changes_nothing(subscribe, send, come_back, kind):
    subscribe(1)
    send()

    mail = come_back(1, Reason.USER_UNKNOWN, kind)

    assert mail.state is DeliveryState.SENT
    assert why_not(mail) is None


def test_a_report_that_anybody_could_have_written_gives_nobody_up(subscribe, send, come_back):
    subscribe(1)
    send()

    mail = come_back(1, Reason.USER_UNKNOWN, is_proven=False)

    assert mail.state is DeliveryState.FAILED
    assert why_not(mail) is None


def test_a_forged_complaint_ends_nothing(subscribe, send, come_back):
    subscribe(1)
    send()

    come_back(1, Reason.FEEDBACK, Kind.COMPLAINT, is_proven=False)

    assert db.session.query(Subscription).one().state is State.ACTIVE


def test_whoever_forwards_to_a_dead_mailbox_keeps_their_own(subscribe, send, come_back):
    subscribe(1)
    send()

    mail = come_back(1, Reason.USER_UNKNOWN, fingerprint="of another address")

    assert mail.state is DeliveryState.FAILED
    assert why_not(mail) is None


def test_a_complaint_is_an_objection_to_everything(subscribe, send, come_back):
    subscribe(1)
    send()

    mail = come_back(1, Reason.FEEDBACK, Kind.COMPLAINT)

    assert mail.state is DeliveryState.SENT
    assert why_not(mail) == "complaint"
    assert db.session.query(Subscription).one().state is State.ENDED


def test_who_complained_stays_so_when_the_mailbox_dies(subscribe, send, come_back):
    subscribe(1)
    send()

    come_back(1, Reason.FEEDBACK, Kind.COMPLAINT)
    mail = come_back(1, Reason.USER_UNKNOWN)

    assert why_not(mail) == "complaint"


def test_who_left_by_the_button_of_a_service_has_left_the_list(subscribe, send, come_back):
    subscribe(1)
    send()

    mail = come_back(1, Reason.UNDEFINED, Kind.UNSUBSCRIBED)

    line = db.session.query(Subscription).one()
    assert (line.state, line.ended_origin) == (State.ENDED, f"delivery:{mail.id}")
    assert why_not(mail) is None


def test_an_event_is_settled_once(subscribe, send, come_back):
    subscribe(1)
    send()
    come_back(1, Reason.USER_UNKNOWN)
    handled = db.session.query(ProviderEvent.handled_at).scalar()

    jobs.settle_events()

    assert db.session.query(ProviderEvent.handled_at).scalar() == handled


def test_refusals_that_are_our_fault_halt_the_campaign_and_tell_the_cure(
    subscribe, send, come_back
):
    subscribe(OURS_AT_LEAST + 1)
    campaign_id = send()
    with transaction():
        db.session.get(Campaign, campaign_id).state = CampaignState.RUNNING

    for place in range(1, OURS_AT_LEAST):
        come_back(place, Reason.AUTH_FAILURE, status="5.7.26")
    assert db.session.get(Campaign, campaign_id).state is CampaignState.RUNNING
    come_back(OURS_AT_LEAST, Reason.AUTH_FAILURE, status="5.7.26")
    come_back(OURS_AT_LEAST + 1, Reason.AUTH_FAILURE, status="5.7.26")

    campaign = db.session.get(Campaign, campaign_id)
    assert (campaign.state, campaign.failure_detail) == (CampaignState.FAILED, "5.7.26")
    assert db.session.query(Suppression).count() == 0
    (mail,) = db.session.query(OutboxMessage).filter_by(origin=f"campaign:{campaign_id}")
    assert "5.7.26" in mail.text
    assert "DKIM" in mail.text


def test_a_few_refusals_of_many_letters_halt_nothing(subscribe, send, come_back):
    subscribe(OURS_AT_LEAST * 50 + 1)
    campaign_id = send()
    with transaction():
        db.session.get(Campaign, campaign_id).state = CampaignState.RUNNING

    for place in range(1, OURS_AT_LEAST + 1):
        come_back(place, Reason.BLOCKED, status="5.7.1")

    assert db.session.get(Campaign, campaign_id).state is CampaignState.RUNNING


def test_what_a_service_tells_is_settled_by_the_worker(subscribe, send):
    subscribe(1)
    send()
    mail = db.session.query(Delivery).one()
    told = Told(
        Event.BOUNCED,
        "p1@exemple.fr",
        refusal=Refusal.INVALID,
        return_path=verp.return_path(mail.id),
        event_id="1",
    )

    with transaction():
        receiving.note("postmark", [told], now())
    jobs.settle_events()

    db.session.expire_all()
    assert db.session.get(Delivery, mail.id).state is DeliveryState.FAILED


def test_an_event_that_cannot_be_settled_holds_up_none_behind_it(
    subscribe, send, come_back, monkeypatch
):
    subscribe(2)
    send()
    bounce = settling.ledger.bounce
    first = db.session.query(Delivery).order_by(Delivery.id).first().id

    def breaks(number, status, at):
        if number == first:
            raise RuntimeError
        return bounce(number, status, at)

    monkeypatch.setattr(settling.ledger, "bounce", breaks)
    with pytest.raises(RuntimeError):
        come_back(1, Reason.USER_UNKNOWN)
    with pytest.raises(RuntimeError):
        come_back(2, Reason.USER_UNKNOWN)

    assert db.session.query(Delivery).order_by(Delivery.id).all()[1].state is DeliveryState.FAILED


def test_what_came_back_before_its_leaving_was_written_waits(sent, come_back):
    with transaction():
        mail = db.session.query(Delivery).one()
        mail.state, mail.lease_until = DeliveryState.LEASED, now()
    come_back(1, Reason.MAILBOX_FULL)
    with transaction():
        mail = db.session.query(Delivery).one()
        mail.state, mail.lease_until = DeliveryState.SENT, None

    jobs.settle_events()

    assert db.session.query(Delivery).one().state is DeliveryState.FAILED


def test_a_second_report_on_the_same_mail_does_not_undo_what_staff_decided(sent, come_back):
    come_back(1, Reason.USER_UNKNOWN)
    with transaction():
        (stopped,) = db.session.query(Suppression)
        person.restore(stopped.id, "Elle nous a écrit de là.", now(), "staff:1")

    assert why_not(come_back(1, Reason.USER_UNKNOWN, status="5.1.0")) is None


def test_the_return_path_of_a_mail_that_is_no_more_gives_nobody_up(sent, come_back):
    victim = fingerprint(db.session.query(Delivery).one())

    mail = come_back(1, Reason.USER_UNKNOWN, delivery_id=999, fingerprint=victim)

    assert why_not(mail) is None
