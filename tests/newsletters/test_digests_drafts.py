"""Automatic letters that wait for a person instead of leaving."""

from datetime import date

import pytest
from newsletters.digest_world import (
    DAILY,
    MONDAYS,
    START,
    account,
    at,
    paris,
    publish,
    runs,
    set_up,
    start,
    subscribe,
    work,
)

from mailer.accounts.models import Account
from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import elections, pace, pipeline
from mailer.delivery import jobs as delivery
from mailer.delivery.elections import PeriodData
from mailer.errors import Conflict
from mailer.mail.models import OutboxMessage
from mailer.newsletters import approving, digest_runs, jobs, operations, queries
from mailer.newsletters.approving import OwnLetter
from mailer.newsletters.blocks import parse
from mailer.newsletters.digest_states import Then
from mailer.subscriptions.pausing import Frequency


def test_a_draft_is_left_and_its_editor_told_instead_of_sending(world, mailing_list, relay):
    with at(START):
        start(set_up(mailing_list, world, then=Then.DRAFT), world)
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert relay.taken == []
    (mail,) = db.session.query(OutboxMessage)
    assert (mail.recipient, mail.origin) == ("claude@exemple.fr", "digest-run:1")
    assert "/bureau/lettres/2" in mail.text


def test_a_template_that_changed_leaves_by_itself_no_more(daily, relay):
    with transaction():
        queries.locked(1).subject = "Autre chose"
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert relay.taken == []


def test_nothing_leaves_in_the_name_of_who_works_here_no_more(daily, world, relay):
    with transaction():
        db.session.get_one(Account, world).closed_at = START
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert db.session.query(OutboxMessage).count() == 0


def test_a_template_is_never_approved_itself(daily):
    with pytest.raises(Conflict):
        operations.approve(queries.issue(1), 2, "account:1", START)


def test_what_goes_to_more_than_one_person_may_answer_for_waits_for_another(app, daily, relay):
    app.config["APPROVAL_ABOVE"] = 0
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert relay.taken == []


def test_who_wrote_the_template_is_no_second_person_for_what_it_becomes(app, daily):
    author = f"account:{account('lise@exemple.fr', ('editor', 'approver'))}"
    app.config["APPROVAL_ABOVE"] = 0
    with transaction():
        template = queries.locked(1)
        changed = operations.Draft("{titre}", template.preheader, parse(template.blocks))
        operations.save(template, changed, template.revision, now(), author)
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    with pytest.raises(OwnLetter), transaction():
        operations.approve(queries.locked(2), 1, author, now())


def test_whoever_lets_it_leave_by_itself_is_no_second_person(app, world, mailing_list, relay):
    other = account("lise@exemple.fr", ("sender", "approver"))
    with at(START):
        start(set_up(mailing_list, world), other)
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert [state for _, _, state in runs()] == ["sent"]
    assert approving.was_alone(queries.issue(2))


def test_a_letter_that_is_taken_back_in_time_is_a_draft_again(daily, relay):
    publish("Phare", paris(2026, 11, 23, 8))
    with at(paris(2026, 11, 23, 9)):
        jobs.compose_digests()
        with transaction():
            approving.take_back(queries.issue(2), "account:1", paris(2026, 11, 23, 9))
    work(paris(2026, 11, 23, 9, 1))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert relay.taken == []


def test_the_readers_of_the_whole_list_count_when_its_author_would_answer_alone(
    app, world, mailing_list, relay
):
    app.config["APPROVAL_ABOVE"] = 1
    with at(START):
        subscribe(mailing_list, "max@exemple.fr", Frequency.WEEKLY)
        modes = ((Frequency.EACH, DAILY), (Frequency.WEEKLY, MONDAYS))
        start(set_up(mailing_list, world, *modes), world)
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert {state for _, _, state in runs()} == {"drafted"}
    assert relay.taken == []


def test_the_articles_of_a_letter_that_failed_and_was_given_up_are_new_again(daily, relay):
    publish("Phare", paris(2026, 11, 23, 8))
    with at(paris(2026, 11, 23, 9)):
        jobs.compose_digests()
        delivery.start_due()
        with transaction():
            approving.take_back(queries.locked(2), "account:1", now())
    with at(paris(2026, 11, 23, 9) + pace.HOLD):
        delivery.start_due()
        with transaction():
            pipeline.stop(1, "account:1", now())
    work(paris(2026, 11, 24, 9))
    assert [state for _, _, state in runs()] == ["cancelled", "sent"]
    assert len(relay.taken) == 1


@pytest.fixture
def composed(daily):
    """The number of a letter that has composed itself; the worker died before it was approved."""
    publish("Phare", paris(2026, 11, 23, 8))
    with at(paris(2026, 11, 23, 9)), transaction():
        digest_runs.claim(now())
        digest_runs.compose(1, now())
    return 2


def test_what_somebody_changed_meanwhile_does_not_leave_by_itself(composed, relay):
    with transaction():
        issue = queries.locked(composed)
        changed = operations.Draft("Autre chose", issue.preheader, parse(issue.blocks))
        operations.save(issue, changed, issue.revision, now(), "account:9")
    work(paris(2026, 11, 23, 9, 1))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert relay.taken == []


def test_what_somebody_approved_meanwhile_stops_no_other_letter(composed):
    with transaction():
        operations.approve(queries.locked(composed), 1, "account:1", now())
    work(paris(2026, 11, 23, 9, 1))
    assert runs() == [("each", "2026-11-23", "drafted")]


def test_what_somebody_sent_meanwhile_has_left(composed):
    with transaction():
        digest_runs.frozen(composed, now())
    work(paris(2026, 11, 23, 9, 1))
    assert runs() == [("each", "2026-11-23", "sent")]


def test_a_letter_before_an_election_waits_for_a_second_look(daily, relay):
    with transaction():
        days = date(2026, 11, 1), date(2026, 11, 23)
        elections.add(PeriodData("Municipales", *days), "account:1")
    publish("Phare", paris(2026, 11, 23, 8))
    work(paris(2026, 11, 23, 9))
    assert runs() == [("each", "2026-11-23", "drafted")]
    assert queries.issue(2).is_draft
    assert "Une élection approche" in db.session.query(OutboxMessage).one().text
    assert relay.taken == []
    work(paris(2026, 11, 24, 9))
    assert len(relay.taken) == 1
