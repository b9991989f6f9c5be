"""Nothing leaves but what was approved, by as many as its readers ask for."""

import pytest
import time_machine
from delivery.pressing import press, words

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import campaigns, jobs, pace, pipeline
from mailer.delivery.campaigns import Order
from mailer.delivery.consequences import Failure
from mailer.delivery.models import Campaign
from mailer.errors import Conflict
from mailer.newsletters import approving
from mailer.newsletters import operations as newsletters
from mailer.newsletters import queries as letters
from mailer.newsletters.blocks import parse
from mailer.newsletters.operations import Draft


@pytest.fixture
def own(letter):
    """A letter that its author approved alone."""
    with transaction():
        issue = letters.locked(letter)
        approving.take_back(issue, "account:1", now())
        held = Draft("Le phare rouvre", issue.preheader, parse(issue.blocks))
        newsletters.save(issue, held, issue.revision, now(), "account:1")
        newsletters.approve(issue, issue.revision, "account:1", now())
    return letter


def rewrite(issue_id):
    with transaction():
        issue = letters.locked(issue_id)
        approving.take_back(issue, "account:1", now())
        held = Draft("Un autre objet", issue.preheader, parse(issue.blocks))
        newsletters.save(issue, held, issue.revision, now(), "account:1")
        newsletters.approve(issue, issue.revision, "account:2", now())


def test_a_letter_that_is_a_draft_again_is_not_scheduled(order):
    with transaction():
        approving.take_back(letters.locked(order.issue_id), "account:1", now())
    with pytest.raises(Conflict), transaction():
        campaigns.schedule(order, now())


def test_a_letter_that_was_rewritten_since_does_not_leave(send, order, subscribe, relay):
    subscribe(2)
    rewrite(order.issue_id)
    campaign = campaigns.by_id(send())
    assert (campaign.failure, relay.taken) == (Failure.CHANGED, [])


def test_a_letter_that_was_taken_back_since_does_not_leave(send, order, subscribe, relay):
    subscribe(2)
    with transaction():
        approving.take_back(letters.locked(order.issue_id), "account:1", now())
    campaign = campaigns.by_id(send())
    assert (campaign.failure, relay.taken) == (Failure.CHANGED, [])


def test_a_letter_that_has_left_is_the_archives(send, order, subscribe):
    subscribe(1)
    assert letters.issue(order.issue_id).sent_at is None
    send()
    db.session.expire_all()
    assert letters.issue(order.issue_id).sent_at is not None


def test_a_list_that_has_grown_by_the_hour_stops_its_authors_letter(  # noqa: PLR0917 - two people
    app, own, list_id, sender, subscribe, approver
):
    subscribe(2)
    with transaction():
        number = campaigns.schedule(Order(own, list_id, 1, now(), sender), now()).id
    app.config["APPROVAL_ABOVE"] = 1
    with time_machine.travel(now() + pace.HOLD, tick=True):
        jobs.start_due()
    campaign = campaigns.by_id(number)
    assert (campaign.failure, campaign.failure_detail) == (Failure.UNAPPROVED, "1")
    with transaction():
        approving.confirm(letters.locked(own), approver, now())
        campaigns.retry(number, "account:2", now())
    with time_machine.travel(now() + pace.HOLD, tick=True), transaction():
        pipeline.start(number, now())
    assert campaigns.by_id(number).started_at is not None


def test_the_check_page_asks_for_a_second_approval(app, desk, own, subscribe):
    subscribe(2)
    app.config["APPROVAL_ABOVE"] = 1
    page = press(desk, own)
    assert page.status_code == 422
    assert "une autre personne doit l’approuver" in words(page)


def test_nobody_sends_what_they_did_not_see(desk, letter, subscribe):
    subscribe(1)
    answer = press(desk, letter, content="0" * 64)
    assert answer.location.endswith(f"/bureau/lettres/{letter}/envoi")
    assert "a changé depuis" in words(desk.get(answer.location))


def test_nobody_sends_without_saying_what_they_read(desk, letter, subscribe):
    subscribe(1)
    answer = press(desk, letter, content="")
    assert "ne dit pas quelle lettre a été relue" in words(desk.get(answer.location))
    assert db.session.query(Campaign).count() == 0
