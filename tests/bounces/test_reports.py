"""How much came back, by week, provider, domain and campaign."""

from datetime import timedelta

import pytest
from statements import statements

from mailer.bounces import charts, reports
from mailer.bounces.fates import Fate
from mailer.bounces.models import ProviderEvent
from mailer.bounces.reports import Tally
from mailer.clock import now, paris_day
from mailer.db import db, transaction
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.mail.returned import Kind, Reason
from mailer.subscriptions.models import Subscriber


@pytest.fixture
def since(app):
    return now() - timedelta(weeks=12)


@pytest.fixture
def sent(subscribe, send):
    """Ten letters to three domains; the number of the campaign."""
    subscribe(4, domain="gmail.com")
    subscribe(2, first=5, domain="googlemail.com")
    subscribe(3, first=7, domain="Ville-Exemple.fr")
    subscribe(1, first=10, domain="yahoo.co.uk")
    return send()


@pytest.fixture
def tell(sent):
    """`tell(1, Reason.USER_UNKNOWN)`: that came back of the first mail, and it is a failure."""

    def told(place, reason=Reason.UNDEFINED, kind=Kind.BOUNCE, **values):
        known = {"is_permanent": True, "is_proven": True, "status": "5.1.1", "fingerprint": ""}
        known |= {"feedback_type": ""}
        with transaction():
            mail = db.session.query(Delivery).order_by(Delivery.id).all()[place - 1]
            if kind is Kind.BOUNCE:
                mail.state, mail.status = DeliveryState.FAILED, "5.0.0"
            db.session.add(
                ProviderEvent(
                    provider="mail",
                    event_id=f"{place} {reason} {kind} {values}",
                    kind=kind,
                    reason=reason,
                    delivery_id=mail.id,
                    received_at=now(),
                    **known | values,
                )
            )

    return told


def refuse(place, status):
    with transaction():
        mail = db.session.query(Delivery).order_by(Delivery.id).all()[place - 1]
        mail.state, mail.status = DeliveryState.FAILED, status


@pytest.mark.parametrize(
    ("reason", "values", "fate"),
    [
        (Reason.USER_UNKNOWN, {}, Fate.DEAD),
        (Reason.USER_UNKNOWN, {"is_permanent": None}, Fate.DEAD),
        (Reason.USER_UNKNOWN, {"is_permanent": False}, Fate.SOFT),
        (Reason.USER_UNKNOWN, {"is_proven": False}, Fate.SOFT),
        (Reason.MAILBOX_FULL, {}, Fate.SOFT),
        (Reason.AUTH_FAILURE, {}, Fate.OURS),
        (Reason.AUTH_FAILURE, {"is_permanent": False}, Fate.OURS),
        (Reason.UNDEFINED, {}, Fate.SOFT),
    ],
)
def test_what_came_back_counts_as_its_consequence_says(sent, tell, reason, values, fate):
    tell(1, reason, **values)

    [cause] = reports.causes(sent)
    assert (cause.fate, cause.reason, cause.status, cause.count) == (fate, reason, None, 1)


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("5.1.1", Fate.DEAD),
        ("5.1.10", Fate.DEAD),
        ("5.1.0", Fate.SOFT),
        ("5.1.19", Fate.SOFT),
        ("5.2.2", Fate.SOFT),
        ("5.7.1", Fate.OURS),
        ("4.4.1", Fate.SOFT),
        (None, Fate.SOFT),
    ],
)
def test_a_refusal_at_once_counts_by_its_code(sent, status, fate):
    refuse(1, status)

    [cause] = reports.causes(sent)
    assert (cause.fate, cause.reason, cause.status) == (fate, None, status)


def test_a_mail_that_came_back_twice_counts_once_by_the_last_report(sent, tell):
    tell(1, Reason.MAILBOX_FULL)
    tell(1, Reason.USER_UNKNOWN)

    assert [(each.reason, each.count) for each in reports.causes(sent)] == [
        (Reason.USER_UNKNOWN, 1)
    ]


def test_domains_of_one_provider_are_counted_together(since, tell):
    tell(1, Reason.USER_UNKNOWN)
    tell(5, Reason.BLOCKED)
    tell(2, kind=Kind.COMPLAINT)
    tell(2, kind=Kind.COMPLAINT, feedback_type="abuse")

    found = {each.name: each for each in reports.by_provider(since)}

    assert found["Gmail"] == Tally("Gmail", 6, dead=1, soft=0, ours=1, complaints=1)
    assert (found["Gmail"].arrived, found["Gmail"].complaint_rate) == (4, 0.25)
    assert found["ville-exemple.fr"] == Tally("ville-exemple.fr", 3, 0, 0, 0, 0)
    assert found["Yahoo"].sent == 1


def test_each_domain_is_counted_alone_the_largest_first(since, sent):
    found = [(each.name, each.sent) for each in reports.by_domain(since)]
    assert found == [
        ("gmail.com", 4),
        ("ville-exemple.fr", 3),
        ("googlemail.com", 2),
        ("yahoo.co.uk", 1),
    ]


def test_the_mails_of_who_was_erased_still_count(since, sent):
    with transaction():
        db.session.delete(db.session.query(Subscriber).filter_by(address="p10@yahoo.co.uk").one())

    assert ("", 1) in [(each.name, each.sent) for each in reports.by_domain(since)]


def test_the_weeks_add_up_to_what_was_sent(app, since, tell):
    tell(1, Reason.USER_UNKNOWN)
    [(at, tally)] = reports.by_campaign(since)

    with app.test_request_context():
        drawn = charts.all_of(paris_day(at), [(at, tally)])

    assert (tally.sent, tally.dead, tally.arrived) == (10, 1, 9)
    assert [column.values for column in drawn[0].columns][-1] == (9,)
    assert [column.values for column in drawn[1].columns][-1] == (1, None, None, None)
    assert len(drawn[0].columns) == charts.WEEKS


def test_what_was_sent_before_is_not_counted(app, tell):
    assert reports.by_campaign(now() + timedelta(hours=1)) == []


@pytest.mark.parametrize("count", [reports.by_campaign, reports.by_provider, reports.by_domain])
def test_each_table_is_one_statement_however_much_came_back(since, tell, count):
    for place in range(1, 10):
        tell(place, Reason.USER_UNKNOWN)
    with statements() as seen:
        count(since)
    assert len([each for each in seen if each != "BEGIN"]) == 1


@pytest.mark.parametrize(
    ("sent", "complaints", "said"),
    [(10_000, 9, 0), (10_000, 10, "0,10"), (10_000, 29, "0,10"), (10_000, 30, "0,30"), (0, 0, 0)],
)
def test_too_many_complaints_are_said_in_words(app, sent, complaints, said):
    with app.test_request_context():
        found = list(charts.warnings([Tally("Gmail", sent, 0, 0, 0, complaints)]))
    assert len(found) == bool(said)
    assert all(f"{said} %" in each.replace("\N{NO-BREAK SPACE}", " ") for each in found)
