"""A relay that says "later" for a while, and one that is down for two hours, by a clock of ours."""

from datetime import datetime, timedelta
from pathlib import Path

import time_machine
from bench import sinks
from crash.matrix import Bound, Row, look
from crash.world import World, world
from sqlalchemy import case, func, update

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import jobs
from mailer.subscriptions.models import Subscriber

GREY_TIME = timedelta(minutes=15)
ALL_BY = timedelta(minutes=40)
DOWN_TIME = timedelta(hours=2)
BACK_WITHIN = timedelta(seconds=60)
# How often the worker's clock finds what no hint told of (worker/schedule.py).
LOOKS = timedelta(seconds=30)
OFTEN = timedelta(seconds=5)


def greylist(folder: Path, url: str, people: int) -> Row:
    """Three domains of ten are not known for a quarter of an hour; all have it after forty."""
    folder.mkdir(parents=True, exist_ok=True)
    grey = folder / "grey"
    grey.touch()
    with world(folder, url, people, "-g", str(grey), delay_ms=0) as found:
        _spread()
        began = now()
        _work(found, began, GREY_TIME, LOOKS)
        waiting = people - found.count()
        grey.unlink()
        _work(found, began + GREY_TIME, ALL_BY - GREY_TIME, LOOKS)
        said = [] if found.count() == people else ["not all delivered within 40 min"]
        said += [] if waiting else ["nobody was put off"]
        return look(found, "greylisting, 15 min", waiting, Bound(), *said)


def down(folder: Path, url: str, people: int) -> Row:
    """Nobody is lost, and it goes on by itself within a minute of the relay's return."""
    port = sinks.free_port()
    with world(folder, url, people, SMTP_PORT=port) as found:
        began = now()
        _work(found, began, DOWN_TIME, LOOKS)
        log = str(folder / "taken")
        with sinks.ours(folder, "-p", str(port), "-l", log):
            back = began + DOWN_TIME
            _work(found, back, BACK_WITHIN, OFTEN)
            said = [] if found.count() else ["not back within 60 s"]
            _work(found, back + BACK_WITHIN, DOWN_TIME, LOOKS)
        return look(found, "relay down, 2 h", 1, Bound(), *said)


def _work(found: World, began: datetime, lasts: timedelta, step: timedelta) -> None:
    """Do the worker's jobs at each step of a simulated time, until the campaign ends."""
    for number in range(lasts // step):
        with time_machine.travel(began + number * step, tick=True):
            jobs.start_due()
            jobs.send_batches()
        if found.has_ended():
            return


def _spread() -> None:
    """Three people of ten have their mailbox at a domain that is not known yet."""
    is_grey = Subscriber.id % 10 < 3
    name = func.substr(Subscriber.address, 1, func.length(Subscriber.address) - len("exemple.fr"))
    domain = case((is_grey, "grey.exemple.fr"), else_="exemple.fr")
    with transaction():
        db.session.execute(update(Subscriber).values(address=name + domain))
