"""Who a letter leaves out: those who asked for silence, and those who asked for fewer letters."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Update, func, select, text, update

from mailer.db import db, transaction
from mailer.delivery import audience, campaigns, ledger
from mailer.delivery.campaigns import Order
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState
from mailer.subscriptions.models import Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def change(statement: Update) -> None:
    with transaction():
        db.session.execute(statement)


def promised(campaign):
    found = select(func.count()).where(Delivery.campaign_id == campaign.id)
    return db.session.scalar(found)


@pytest.fixture
def running(write, list_id, sender):
    """`running(at)`: a campaign that is frozen at that time, one letter each."""

    def frozen(at):
        issue = write(f"Lettre du {at:%d %m}")
        with transaction():
            order = Order(issue, list_id, 1, at, sender)
            campaign = campaigns.schedule(order, at)
            ledger.freeze(campaign, at)
        return campaign

    return frozen


def test_nothing_is_promised_to_who_is_paused(running, subscribe):
    subscribe(2)
    change(update(Subscriber).where(Subscriber.id == 1).values(paused_until=MONDAY + DAY))

    assert promised(running(MONDAY)) == 1


def test_a_pause_ends_by_itself(running, subscribe):
    subscribe(2)
    change(update(Subscriber).where(Subscriber.id == 1).values(paused_until=MONDAY))

    assert promised(running(MONDAY)) == 2


@pytest.mark.parametrize(
    ("frequency", "days", "expected"),
    [
        (Frequency.EACH, 1, 1),
        (Frequency.WEEKLY, 6, 0),
        (Frequency.WEEKLY, 7, 1),
        (Frequency.MONTHLY, 27, 0),
        (Frequency.MONTHLY, 28, 1),
    ],
)
def test_who_wants_fewer_letters_is_left_out_while_the_last_is_near(
    running, subscribe, frequency, days, expected
):
    subscribe(1)
    change(update(Subscription).values(frequency=frequency))
    running(MONDAY + timedelta(hours=3))

    assert promised(running(MONDAY + days * DAY)) == expected


def test_a_letter_that_never_left_does_not_count(running, subscribe):
    subscribe(1)
    change(update(Subscription).values(frequency=Frequency.MONTHLY))
    first = running(MONDAY)
    change(
        update(Delivery)
        .where(Delivery.campaign_id == first.id)
        .values(state=DeliveryState.FAILED, next_at=None)
    )

    assert promised(running(MONDAY + DAY)) == 1


def test_the_sender_reads_how_many_are_left_out_and_why(running, subscribe, list_id):
    subscribe(4)
    running(MONDAY)
    change(update(Subscription).where(Subscription.id == 1).values(frequency=Frequency.WEEKLY))
    change(update(Subscriber).where(Subscriber.id == 2).values(paused_until=MONDAY + 9 * DAY))

    found = audience.size(list_id, MONDAY + DAY)

    assert (found.people, found.too_soon, found.paused) == (2, 1, 1)


def test_the_sender_reads_it_on_the_page(staff, write, subscribe):
    subscribe(2)
    change(update(Subscriber).where(Subscriber.id == 2).values(paused_until=MONDAY + 999 * DAY))

    page = staff("sender").get(f"/bureau/lettres/{write()}/envoi")

    assert "1 abonné en pause" in page.text


def test_indexes_serve_the_freeze(app, list_id):
    wanting = audience.wanting(list_id, MONDAY)
    statement = str(wanting.compile(db.engine, compile_kwargs={"literal_binds": True})).replace(
        "%%", "%"
    )
    is_sqlite = db.engine.dialect.name == "sqlite"
    if not is_sqlite:
        # Tables of a test are so small that reading them whole is cheaper.
        db.session.execute(text("SET enable_seqscan = off"))
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"

    plan = [row[-1] for row in db.session.execute(text(f"{explain} {statement}"))]

    assert any("delivery" in step and "ndex" in step.replace("INDEX", "Index") for step in plan)
    whole = ("SCAN", "Seq Scan")
    assert [step for step in plan if step.strip(" ->").startswith(whole)] == []
