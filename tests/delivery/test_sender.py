"""Every worker takes its part in a campaign, though a hint reaches one of them only."""

import time

from delivery.looks import states

from mailer import shutdown
from mailer.db import db
from mailer.worker import queue
from mailer.worker.run import Sender

PATIENCE_SECONDS = 60


def test_a_worker_that_no_hint_reached_finds_who_is_due(app, subscribe, begin, relay):
    subscribe(3)
    campaign_id = begin()
    sender = Sender(queue.of(app).loop)
    sender.start()
    end = time.monotonic() + PATIENCE_SECONDS
    while states(campaign_id) != {"sent": 3} and time.monotonic() < end:
        time.sleep(0.05)
        db.session.rollback()
    shutdown.request(app)
    sender.join(PATIENCE_SECONDS)
    db.session.rollback()
    assert states(campaign_id) == {"sent": 3}
    assert not sender.is_alive()
