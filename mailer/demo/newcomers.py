"""The series of one list, and what its newcomers have had of it for four weeks."""

import tomllib
from datetime import datetime, timedelta

from sqlalchemy import update

from mailer.accounts.queries import actor_of
from mailer.db import db
from mailer.delivery import enrolling, rounds, sequences
from mailer.delivery.models import Delivery
from mailer.delivery.sequence_models import Sequence
from mailer.delivery.states import DeliveryState
from mailer.demo.letters import LETTERS, Desk
from mailer.newsletters.operations import series_of
from mailer.subscriptions.models import MailingList

SINCE = timedelta(weeks=4)
DAY = timedelta(days=1)


def load(row: MailingList, at: datetime, account_id: int) -> None:
    """Write the letters and start the series; each day, whoever was due one has had it."""
    day = at - SINCE
    running = _started(row, day, account_id)
    while day <= at:
        enrolling.enrol(running.id, day)
        _send(running, day)
        day += DAY


def _started(row: MailingList, at: datetime, account_id: int) -> Sequence:
    actor = actor_of(account_id)
    desk = Desk(series_of(row), {}, actor)
    made = sequences.set_up(row.id, account_id, at)
    for each in tomllib.loads(LETTERS.read_text(encoding="utf-8"))["newcomers"]:
        sequences.add(made, each["days"], desk.approve(each, at - DAY).id, actor, at)
    sequences.start(made, account_id, at)
    return made


def _send(running: Sequence, at: datetime) -> None:
    done = {"state": DeliveryState.SENT, "attempts": 1, "status": "2.0.0", "at": at}
    for campaign in rounds.opened(running):
        is_due = (Delivery.campaign_id == campaign.id, Delivery.state == DeliveryState.QUEUED)
        sent = update(Delivery).where(*is_due).values(next_at=None, **done)
        db.session.execute(sent)
        rounds.rest(campaign, at)
