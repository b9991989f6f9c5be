"""Workers that are killed, or told to end, among their mails."""

import signal
from datetime import timedelta
from pathlib import Path

from crash.matrix import Bound, Row, look
from crash.world import CONNECTIONS, WHOLE, World, world
from sqlalchemy import update

from mailer.clock import now
from mailer.db import db, transaction
from mailer.delivery import jobs
from mailer.delivery.models import Delivery
from mailer.delivery.states import DeliveryState

LONGEST_STOP_SECONDS = 30
LONG_AGO = timedelta(hours=1)


def kill(folder: Path, url: str, people: int, kills: int, workers: int, *, again=False) -> Row:
    """SIGKILL at random moments; `again` has what is uncertain sent once more."""
    with world(folder, url, people, REDELIVER_UNCERTAIN=again) as found:
        for _ in range(workers):
            found.work()
        done = 0
        for left in range(kills, 0, -1):
            if not _let_some_leave(found, left):
                break
            found.kill(found.random.choice(found.workers))
            found.work()
            done += 1
        found.wait_for_end()
        if again:
            _send_again(found)
        most = CONNECTIONS * done
        bound = Bound(doubled=most) if again else Bound(uncertain=most)
        name = "SIGKILL, sent again" if again else "SIGKILL"
        return look(found, name, done, bound, workers=workers)


def stop(folder: Path, url: str, people: int, stops: int, workers: int) -> Row:
    """SIGTERM to `mailer worker`: it finishes what is in flight, gives back the rest, and ends."""
    slow = 0
    with world(folder, url, people) as found:
        for _ in range(workers):
            found.work(WHOLE)
        done = 0
        for left in range(stops, 0, -1):
            found.nudge()
            if not _let_some_leave(found, left):
                break
            took = found.kill(found.workers[0], signal.SIGTERM)
            slow += took > LONGEST_STOP_SECONDS
            found.work(WHOLE)
            done += 1
        found.nudge()
        found.wait_for_end()
        said = ["a stop took more than 30 s"] if slow else []
        return look(found, "SIGTERM", done, Bound(), *said, workers=workers)


def _let_some_leave(found: World, left: int) -> bool:
    """Wait for a random number of mails, so that the faults are spread over the whole campaign."""
    taken = found.count()
    share = 2 * (found.people - taken) // (left + 1)
    reached = found.wait_for_mails(taken + found.random.randint(1, max(1, share)))
    found.wait(lambda: False, found.random.random() / 50)
    return reached and found.count() < found.people


def _send_again(found: World) -> None:
    """Let what is uncertain have been so for a while: the setting has it sent once more."""
    in_doubt = update(Delivery).where(Delivery.state == DeliveryState.UNCERTAIN)
    with transaction():
        db.session.execute(in_doubt.values(at=now() - LONG_AGO))
    jobs.reconcile()
    found.work()
    found.wait_for_end()
