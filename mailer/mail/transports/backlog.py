"""The mails of one round, as its lanes draw them, and the answers that came."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from mailer.mail.outcome import Outcome
from mailer.mail.transports import Answer, Envelope, Logbook

# How many mails are drawn at a stretch for lanes that answer them at once, being down.
STRETCH = 100


class Queue(Protocol):
    """Where the mails of one relay wait."""

    @property
    def is_full(self) -> bool:
        """Whether no other mail should be drawn before one of these leaves."""
        ...

    def put(self, envelope: Envelope) -> None:
        """Let it wait for its turn, or answer it at once."""
        ...

    def __len__(self) -> int: ...


class Backlog:
    """Draws no more than some relay can carry now; a mail for a busy one waits in its queue."""

    def __init__(self, envelopes: Iterable[Envelope | None], logbook: Logbook) -> None:
        self._source = iter(envelopes)
        self._logbook = logbook
        self._queues: Mapping[str, Queue] = {}
        self._answers: list[Answer] = []
        # Nothing more is to be had in this tick; nothing more will come.
        self._is_dry = self.is_drawn = False

    def use(self, queues: Mapping[str, Queue]) -> None:
        """Share out what is drawn among these, by the name of the relay; the first one has ""."""
        self._queues = {"": next(iter(queues.values())), **queues}

    def draw(self, wanted: Queue, size: int) -> bool:
        """Draw until so many wait there; whether they do."""
        for _ in range(STRETCH):
            if len(wanted) >= size:
                return True
            if self._is_dry or self.is_drawn or any(q.is_full for q in self._queues.values()):
                return False
            self._draw()
        return len(wanted) >= size

    def _draw(self) -> None:
        try:
            envelope = next(self._source)
        except StopIteration:
            self.is_drawn = True
            return
        if envelope is None:
            self._is_dry = True
        else:
            self._queues[envelope.relay].put(envelope)

    def leave(self, envelope: Envelope) -> None:
        """Note that the mail may arrive from here on."""
        self._logbook.leaves(envelope.key)

    def settle(self, envelope: Envelope, outcome: Outcome) -> None:
        """Tell the outcome."""
        self._logbook.answered(envelope.key, outcome)
        self._answers.append((envelope.key, outcome))

    def answers(self) -> Sequence[Answer]:
        """The answers that came since the last call; after it, the source is asked again."""
        self._is_dry = False
        found, self._answers = self._answers, []
        return found
