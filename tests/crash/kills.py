"""Workers that are killed, or told to end, among their mails."""

import signal
from collections.abc import Mapping
from pathlib import Path

from crash.matrix import Bound, Row, look
from crash.world import CONNECTIONS, WHOLE, World, redelivering, world

LONGEST_STOP_SECONDS = 30


def kill(folder: Path, url: str, people: int, kills: int, workers: int, *, again=False) -> Row:
    """SIGKILL at random moments; `again` has what is uncertain sent once more."""
    chosen: Mapping = redelivering() if again else {}
    with world(folder, url, people, **chosen) as found:
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
