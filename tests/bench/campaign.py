"""The steps of a measured campaign, each in a process of its own.

`python -m bench.campaign prepare PEOPLE KILOBYTES`, then `send`, or for workers `hold`, `release`
and `wait`.
"""

import json
import sys
import time
from dataclasses import asdict
from datetime import timedelta

from sqlalchemy import select, update

from mailer.app import create_app
from mailer.cli.bench import Measured, prepare, send
from mailer.cli.migrate import bring_up_to_date
from mailer.clock import now
from mailer.db import db, hint, transaction
from mailer.delivery import campaigns, reports
from mailer.delivery.models import Campaign
from mailer.delivery.states import DeliveryState
from mailer.worker import turns
from mailer.worker.schedule import JOBS

LONGEST_SECONDS = 1800
LATER = timedelta(hours=1)


def rest() -> None:
    """Let the jobs that look once an hour or less have had their turn: they are not measured."""
    rare = [job for job in JOBS if job.every >= LATER]
    with transaction():
        turns.take({job: turns.number(job.every, now()) for job in rare}, now())


def prepared(people: str, kilobytes: str) -> str:
    """A campaign whose hour has come."""
    bring_up_to_date()
    rest()
    return str(prepare(int(people), int(kilobytes)))


def sent() -> str:
    """Send it in this process, and say what it took."""
    return json.dumps(asdict(send(_number())))


def hold() -> str:
    """Let its hour not have come."""
    return _begin(now() + LATER)


def release() -> str:
    """Let its hour have come, and tell the workers."""
    return _begin(now())


def waited() -> str:
    """Wait until it has ended; what that took, from its start, by the database."""
    ends = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < ends:
        db.session.rollback()
        campaign = campaigns.by_id(_number())
        if campaign.ended_at and campaign.started_at:
            took = (campaign.ended_at - campaign.started_at).total_seconds()
            mails = reports.counts([campaign.id])[campaign.id].of(DeliveryState.SENT)
            return json.dumps(asdict(Measured(mails, took, 0, 0)))
        time.sleep(0.2)
    raise TimeoutError("the campaign does not end")


def _number() -> int:
    return db.session.scalars(select(Campaign.id)).one()


def _begin(at) -> str:
    with transaction():
        db.session.execute(update(Campaign).values(starts_at=at))
        hint(campaigns.START)
    return ""


STEPS = {"prepare": prepared, "send": sent, "hold": hold, "release": release, "wait": waited}

if __name__ == "__main__":
    with create_app().app_context():
        print(STEPS[sys.argv[1]](*sys.argv[2:]))
        db.session.remove()
        db.engine.dispose()
