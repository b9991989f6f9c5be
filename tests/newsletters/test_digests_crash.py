"""A worker that is killed at its first, second, third … commit: the next one goes on."""

import os
import signal
from datetime import timedelta

import pytest
from newsletters.digest_world import (
    account,
    at,
    paris,
    publish,
    set_up,
    source,
    start,
    subscribe,
    work,
)
from sqlalchemy import event, func, select

from mailer.db import db
from mailer.delivery import jobs as delivery
from mailer.delivery import pace
from mailer.delivery.models import Campaign
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters import jobs
from mailer.newsletters.digest_models import DigestRun, SentArticle
from mailer.newsletters.models import Issue
from mailer.subscriptions.pausing import Frequency

START = paris(2026, 11, 2, 8)
DAY = timedelta(days=1)
# More commits than one turn makes: the loop ends when a worker is not hit any more.
MOST_COMMITS = 40


def die(number, moment):
    """In a process of its own, kill it just before or just after that commit."""
    left = number

    def count(*_given):
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if moment == "before":
        event.listen(db.engine, "commit", count)
    else:
        event.listen(db.session, "after_commit", count)


def killed_at(number, moment, hour):
    """Whether a worker of its own process, at work at that hour, reached that commit and died."""
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child == 0:
        try:
            die(number, moment)
            for later in (hour, hour + pace.HOLD):
                with at(later):
                    jobs.compose_digests()
                    delivery.start_due()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def count(model, **which):
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**which))


@pytest.mark.parametrize("moment", ["before", "after"])
def test_whatever_commit_it_dies_at_each_letter_leaves_exactly_once(app, mailing_list, moment):
    app.extensions[KEY] = relay = Memory()
    with at(START):
        source()
        subscribe(mailing_list, "lea@exemple.fr")
        somebody = account()
        start(set_up(mailing_list, somebody), somebody)

    for number in range(1, MOST_COMMITS):
        hour = START + timedelta(hours=1) + (number - 1) * DAY
        article = publish(f"Article {number}", hour - timedelta(minutes=30))
        was_hit = killed_at(number, moment, hour)
        work(hour + timedelta(minutes=5))
        assert count(SentArticle, article_id=article, frequency=Frequency.EACH) == 1
        assert len(relay.taken) == number
        if not was_hit:
            break

    assert number > 10
    assert count(DigestRun, state="sent") == number
    assert count(Campaign) == number
    # Each letter, and the template.
    assert count(Issue) == number + 1
