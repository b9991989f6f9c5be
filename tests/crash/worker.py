"""A worker that does nothing but send: `python -m crash.worker`, until its campaigns have ended.

It does the jobs as `mailer worker` does, one after the other, and as often as it can.
"""

import time

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from mailer.app import create_app
from mailer.db import db
from mailer.delivery import jobs
from mailer.delivery.models import Campaign
from mailer.worker import queue

NAP_SECONDS = 0.02


def work() -> None:
    """Send until nothing is left; what a job raises is logged, and the job done again."""
    app = create_app()
    loop = queue.of(app).loop
    while True:
        loop.guard("start", jobs.start_due)
        loop.guard("send", jobs.send_batches)
        with app.app_context():
            if has_ended():
                return
        time.sleep(NAP_SECONDS)


def has_ended() -> bool:
    """Whether no campaign is left; False when it cannot be known now."""
    try:
        return db.session.scalar(select(Campaign.id).where(Campaign.ended_at.is_(None))) is None
    except SQLAlchemyError:
        return False


if __name__ == "__main__":
    work()
