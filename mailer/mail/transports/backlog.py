"""The mails of one round, shared by its sessions, and the answers that came."""

import asyncio
import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from mailer.mail.outcome import Outcome
from mailer.mail.transports import TICK_SECONDS, Answer, Envelope, Logbook


class Backlog:
    """Each envelope leaves it once, and comes back only when no server has heard of it."""

    def __init__(self, envelopes: Iterable[Envelope | None], logbook: Logbook) -> None:
        self._source = iter(envelopes)
        self._logbook = logbook
        self._ready: deque[Envelope] = deque()
        self._is_drawn = False
        self._answers: list[Answer] = []

    def take(self) -> Envelope | None:
        """The next envelope; None when there is none now."""
        if self._ready:
            return self._ready.popleft()
        try:
            return None if self._is_drawn else next(self._source)
        except StopIteration:
            self._is_drawn = True
            return None

    async def wait(self, seconds: float = math.inf) -> bool:
        """Wait until an envelope can be taken; False when none came so long, or will come."""
        ends_at = asyncio.get_running_loop().time() + seconds
        # Only asking the source again tells.
        while (envelope := self.take()) is None and not self._is_drawn:
            if asyncio.get_running_loop().time() > ends_at:
                return False
            await asyncio.sleep(TICK_SECONDS)
        if envelope:
            self.give_back(envelope)
        return envelope is not None

    def give_back(self, envelope: Envelope) -> None:
        """Let another session have the envelope."""
        self._ready.appendleft(envelope)

    def rest(self) -> Iterator[Envelope]:
        """All that can be taken now."""
        while envelope := self.take():
            yield envelope

    def leave(self, envelope: Envelope) -> None:
        """Note that the mail may arrive from here on."""
        self._logbook.leaves(envelope.key)

    def settle(self, envelope: Envelope, outcome: Outcome) -> None:
        """Tell the outcome."""
        self._logbook.answered(envelope.key, outcome)
        self._answers.append((envelope.key, outcome))

    def answers(self) -> Sequence[Answer]:
        """The answers that came since the last call."""
        found, self._answers = self._answers, []
        return found
