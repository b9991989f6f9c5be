"""The mails of one round, shared by its sessions, and the answers that came."""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator

from mailer.mail.outcome import Outcome
from mailer.mail.transports import Envelope

Answer = tuple[int, Outcome]


class Backlog:
    """Each envelope leaves it once, and comes back only when no server has heard of it."""

    def __init__(self, envelopes: Iterable[Envelope]) -> None:
        self._source = iter(envelopes)
        self._ready: deque[Envelope] = deque()
        self._answers: asyncio.Queue[Answer | None] = asyncio.Queue()

    def ready(self, wanted: int = 1) -> int:
        """How many can be taken now, as far as it was asked."""
        while len(self._ready) < wanted and (envelope := next(self._source, None)):
            self._ready.append(envelope)
        return min(wanted, len(self._ready))

    def take(self) -> Envelope | None:
        """The next envelope; None when there is none left."""
        return self._ready.popleft() if self.ready() else None

    def give_back(self, envelope: Envelope) -> None:
        """Let another session have the envelope."""
        self._ready.appendleft(envelope)

    def rest(self) -> Iterator[Envelope]:
        """All that was not taken."""
        while envelope := self.take():
            yield envelope

    def settle(self, envelope: Envelope, outcome: Outcome) -> None:
        """Tell the outcome."""
        self._answers.put_nowait((envelope.key, outcome))

    def finish(self) -> None:
        """No answer follows."""
        self._answers.put_nowait(None)

    async def answers(self) -> list[Answer]:
        """The answers that came since the last call, at least one; none after the last."""
        found = [await self._answers.get()]
        while not self._answers.empty():
            found.append(self._answers.get_nowait())
        if found[-1] is None and len(found) > 1:
            self.finish()
        return [answer for answer in found if answer is not None]
