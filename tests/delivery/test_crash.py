"""A worker is killed among its mails."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import time_machine
from delivery.looks import campaign, states
from sqlalchemy import select

from mailer.clock import now
from mailer.db import db
from mailer.delivery import jobs, pace
from mailer.delivery.models import Delivery
from mailer.subscriptions.models import Subscriber

WORKER = """
from mailer.app import create_app
from mailer.delivery import jobs

with create_app().app_context():
    jobs.send_batches()
"""


def test_a_killed_worker_loses_nobody_and_doubles_nobody(app, subscribe, begin, over_smtp):
    subscribe(600)
    campaign_id = begin()
    kill_once_under_way(app, over_smtp)
    with time_machine.travel(now() + pace.LEASE + timedelta(minutes=1), tick=True):
        jobs.send_batches()
    times = Counter(recipient for recipient, _content in over_smtp.taken)
    assert max(times.values()) == 1
    assert recipients_in("sent") <= set(times)
    assert sum(states(campaign_id).values()) == 600
    assert states(campaign_id).keys() <= {"sent", "uncertain"}
    assert campaign(campaign_id).state == "finished"


def kill_once_under_way(app, over_smtp):
    """Run a worker in a process of its own and kill it among its mails."""
    names = ("DATABASE_URL", "DATA_FOLDER", "FINGERPRINT_KEY", "SECRET_KEYS")
    values = {f"MAILER_{name}": app.config[name] for name in names}
    values["MAILER_SECRET_KEYS"] = json.dumps(app.config["SECRET_KEYS"])
    worker = subprocess.Popen(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", WORKER],
        env=os.environ | values | {"MAILER_SMTP_PORT": str(over_smtp.port)},
    )
    while len(over_smtp.taken) < 80 and worker.poll() is None:
        time.sleep(0.001)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL


def recipients_in(state):
    found = (
        select(Subscriber.address)
        .join(Delivery, Delivery.subscriber_id == Subscriber.id)
        .where(Delivery.state == state)
    )
    return set(db.session.scalars(found))
