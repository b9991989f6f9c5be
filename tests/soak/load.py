"""Ten times a normal load: what people and programs do, each at a rate of its own."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count

from mailer.cli.bench_visitors import Answer, Visitor

BAD_REQUEST = 400


@dataclass(frozen=True)
class Act:
    """What somebody does, how often a second all together, and how many do it at once.

    `do` gets the visitor's connection, and says whether there was something to do.
    """

    name: str
    rate: float
    visitors: int
    do: Callable[[Visitor], bool]


@dataclass
class Actor:
    """One of them: acts when its turn has come, and as soon as it can when it is late."""

    act: Act
    visitor: Visitor
    done: int = 0
    failures: list[str] = field(default_factory=list)
    seen: int = 0

    def run(self, stopping: threading.Event) -> None:
        """Act until told to stop."""
        apart, began = self.act.visitors / self.act.rate, time.monotonic()
        for turn in count():
            if stopping.wait(max(0, began + turn * apart - time.monotonic())):
                return
            try:
                self.done += self.act.do(self.visitor)
            except (OSError, HTTPException) as error:
                self.failures.append(repr(error))
                self.visitor.leave()

    def news(self) -> list[Answer]:
        """The answers since it was last asked."""
        fresh = self.visitor.answers[self.seen :]
        self.seen += len(fresh)
        return fresh


@dataclass
class Crowd:
    """Everybody who acts, each in a thread of their own."""

    actors: Sequence[Actor]

    def news(self) -> list[Answer]:
        """The answers that anybody had since it was last asked."""
        return [answer for actor in self.actors for answer in actor.news()]

    def done(self, act: Act) -> int:
        """How often that was done."""
        return sum(actor.done for actor in self.actors if actor.act is act)

    def errors(self) -> list[str]:
        """What went wrong: no answer, or one that says so."""
        answers = [(actor, answer) for actor in self.actors for answer in actor.visitor.answers]
        wrong = [f"{answer.kind} {answer.status}" for _, answer in answers if is_error(answer)]
        return wrong + [failure for actor in self.actors for failure in actor.failures]


def is_error(answer: Answer) -> bool:
    """Whether the answer says that something went wrong."""
    return answer.status >= BAD_REQUEST


@contextmanager
def crowd(port: int, acts: Sequence[Act]) -> Iterator[Crowd]:
    """Let everybody act while the block lasts."""
    everybody = [act for act in acts for _ in range(act.visitors)]
    made = Crowd([Actor(act, Visitor(port, n)) for n, act in enumerate(everybody)])
    stopping = threading.Event()
    threads = [threading.Thread(target=actor.run, args=(stopping,)) for actor in made.actors]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
