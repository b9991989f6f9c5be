"""The demonstration as it is loaded: always in an SQLite file of its own."""

import pytest
from flask import current_app
from sqlalchemy import func, select

from mailer.app import create_app
from mailer.articles.models import Article
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now, paris_day
from mailer.db import db
from mailer.delivery import audience, comparisons, reports, sequence_queries, sequence_words
from mailer.delivery.models import Campaign
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.demo import load
from mailer.demo.day import first_day
from mailer.mail.models import OutboxMessage
from mailer.newsletters.models import Issue
from mailer.rights import queue
from mailer.rights.queue import View
from mailer.subscriptions.models import MailingList, Subscriber


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The steps that it said; the application of the demonstration is open meanwhile."""
    folder = str(tmp_path_factory.mktemp("demo"))
    app = create_app({"DEMO": True, "DATA_FOLDER": folder, "DATABASE_URL": ""})
    with app.app_context():
        bring_up_to_date()
        yield list(load.once())
        db.session.remove()
        db.engine.dispose()


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_everything_that_a_newcomer_should_find_is_there(loaded):
    assert count(Subscriber) == 2000
    assert count(MailingList) == 2
    assert count(Article) == 12
    assert count(Issue) == 10
    assert all(row.picture and row.image_alt for row in db.session.scalars(select(Article)))
    assert audience.size(1, now()).people > 1900
    assert audience.size(1, now()).unconfirmed == 12


def test_one_request_is_late_and_two_are_due_within_the_week(loaded):
    counts = queue.work(paris_day(now())).counts
    assert {view: number for view, number in counts.items() if number} == {
        View.TODO: 5,
        View.SOON: 2,
        View.LATE: 1,
        View.CLOSED: 2,
    }


def test_six_campaigns_are_finished_with_every_kind_of_result(loaded):
    of_the_letter = select(Campaign).where(Campaign.list_id == 1)
    campaigns = db.session.scalars(of_the_letter.order_by(Campaign.starts_at)).all()
    assert [campaign.state for campaign in campaigns] == [CampaignState.FINISHED] * 6
    counted = reports.counts(campaign.id for campaign in campaigns)
    sent = [counted[campaign.id].of(DeliveryState.SENT) for campaign in campaigns]
    assert sent == sorted(sent)
    last = counted[campaigns[-1].id]
    assert last.failures.keys() == {"5.1.1", "5.2.2", "4.4.1"}
    assert last.left == 0
    departures, _complaints = comparisons.endings([campaigns[-1].id])[campaigns[-1].id]
    assert departures > 0


def test_newcomers_of_four_weeks_have_had_their_letters(loaded):
    welcome, papers = sequence_words.told(sequence_queries.of_list(2))
    # Late in the evening nobody has confirmed within the three days between the two.
    assert welcome.sent >= papers.sent > 0
    assert (welcome.waiting, papers.waiting) == (0, 0)
    assert welcome.is_as_confirmed
    assert papers.is_as_confirmed


def test_nothing_of_the_past_leaves_today(loaded):
    assert count(OutboxMessage) == 0


def test_a_second_load_keeps_what_is_there(loaded):
    day = first_day()
    assert list(load.once()) == ["Data: kept from the last time"]
    assert first_day() == day
    assert count(Subscriber) == 2000


def test_a_start_at_another_address_says_where_the_articles_lead(loaded, monkeypatch):
    before = current_app.config["BASE_URL"]
    monkeypatch.setitem(current_app.config, "BASE_URL", "http://127.0.0.1:8123")

    (said,) = load.once()

    assert f"when it answered at {before}:" in said
