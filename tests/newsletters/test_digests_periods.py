"""Twelve periods across both changes of the clock: each article once, quiet days noted."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

import pytest
from newsletters.digest_world import (
    account,
    at,
    publish,
    runs,
    set_up,
    source,
    start,
    subscribe,
    work,
)

from mailer.db import db, transaction
from mailer.mail.relay import KEY
from mailer.mail.transports.memory import Memory
from mailer.newsletters import digest_queries, digests
from mailer.newsletters.digest_models import SentArticle
from mailer.newsletters.periods import Rhythm, Timetable
from mailer.subscriptions.pausing import Frequency

# Half past two does not exist on 29 March 2026, and comes twice on 25 October.
NIGHTLY = Timetable(Rhythm.DAILY, time(2, 30))
HALF_HOUR = timedelta(minutes=30)
SPRING = [datetime(2026, 3, day, tzinfo=UTC) for day in range(26, 32)]
AUTUMN = [datetime(2026, 10, day, tzinfo=UTC) for day in range(22, 28)]
# Nothing is published on the second and the fifth night of each.
QUIET = {1, 4}


@pytest.fixture
def relay(app):
    app.extensions[KEY] = Memory()
    return app.extensions[KEY]


def nights(evening, digest_id, account_id):
    """Six nights, in each of which the worker looks at every half hour."""
    with at(evening[0] - timedelta(hours=1)):
        start(digest_id, account_id)
    for number, midnight in enumerate(evening):
        if number not in QUIET:
            publish(f"Article {midnight:%d-%m}", midnight - HALF_HOUR)
        for step in range(5):
            work(midnight + step * HALF_HOUR)
    with at(evening[-1] + timedelta(hours=6)), transaction():
        digests.pause(digest_queries.locked(digest_id), f"account:{account_id}")


def test_each_article_leaves_once_and_quiet_nights_are_noted(mailing_list, relay):
    with at(SPRING[0] - timedelta(hours=2)):
        source()
        subscribe(mailing_list, "lea@exemple.fr")
        somebody = account()
        digest_id = set_up(mailing_list, somebody, (Frequency.EACH, NIGHTLY))
    for evening in (SPRING, AUTUMN):
        nights(evening, digest_id, somebody)

    assert len(runs()) == 12
    assert [period for _, period, _ in runs()] == [f"{day:%Y-%m-%d}" for day in (*SPRING, *AUTUMN)]
    assert Counter(state for _, _, state in runs()) == {"sent": 8, "empty": 4}
    assert len(relay.taken) == 8
    sent = db.session.scalars(db.select(SentArticle.article_id).filter_by(frequency="each")).all()
    assert sorted(sent) == list(range(1, 9))
