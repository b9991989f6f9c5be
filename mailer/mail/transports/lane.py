"""One relay within a round: the mails that wait for it, its connections, and how it fares."""

import asyncio
import math
from collections import deque

from mailer.mail.outcome import Outcome
from mailer.mail.relays import Relay
from mailer.mail.transports import TICK_SECONDS, Envelope
from mailer.mail.transports.backlog import Backlog
from mailer.mail.transports.opening import Opened, RefusedError, open_session, unreachable
from mailer.mail.transports.session import Session

# Sessions in a row that end before the relay answered for one mail: then it is taken for down.
MOST_BARREN = 3
# How long a relay that is down is left alone, and a connection that it refused beside others.
REST_SECONDS = 5.0
# So few mails wait for a relay that is busy, or as many as it has connections.
FEWEST_WAITING = 4

DROPPED = unreachable("4.4.2", "the relay drops every session")


class Lane:
    """Each envelope leaves it once, and comes back only when no server has heard of it."""

    def __init__(self, relay: Relay, backlog: Backlog) -> None:
        self._relay, self._backlog = relay, backlog
        self._waiting: deque[Envelope] = deque()
        self._most_waiting = max(FEWEST_WAITING, relay.connections)
        self._now = asyncio.get_running_loop().time
        # Connections that are being opened, that carry or wait, and of those that wait.
        self._opening = self._open = self._resting = 0
        self._barren = 0
        self._down: Outcome | None = None
        self._down_until = -math.inf

    async def run(self) -> None:
        """Carry until nothing more will come; raises what the source or the logbook raises."""
        await asyncio.gather(*(self._work() for _ in range(self._relay.connections)))

    # What a backlog asks.

    @property
    def is_full(self) -> bool:
        """Whether the relay is busy, and enough waits for it."""
        return len(self._waiting) >= self._most_waiting

    def put(self, envelope: Envelope) -> None:
        """Let it wait; while the relay is down, it comes back at once."""
        if self._down and self._is_down:
            self._backlog.settle(envelope, self._down)
        else:
            self._waiting.append(envelope)

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def _is_down(self) -> bool:
        return self._now() < self._down_until

    # What a session asks.

    def take(self) -> Envelope | None:
        """The next envelope; None when there is none now."""
        return self._waiting.popleft() if self._backlog.draw(self, 1) else None

    async def wait(self, seconds: float) -> bool:
        """Wait until an envelope can be taken; False when none came so long, or will come."""
        self._resting += 1
        try:
            return await self._until(self._now() + seconds, 0)
        finally:
            self._resting -= 1

    def give_back(self, envelope: Envelope) -> None:
        """Let another session have the envelope."""
        self._waiting.appendleft(envelope)

    def leave(self, envelope: Envelope) -> None:
        """Note that the mail may arrive from here on."""
        self._backlog.leave(envelope)

    def settle(self, envelope: Envelope, outcome: Outcome) -> None:
        """Tell the outcome."""
        self._backlog.settle(envelope, outcome)

    async def _work(self) -> None:
        """One connection after another, while there is work for one more."""
        not_before = -math.inf
        while await self._until(math.inf, not_before, for_one_more=True):
            not_before = -math.inf
            try:
                opened = await self._opened()
            except RefusedError as refused:
                reason: Outcome | None = refused.outcome
            else:
                reason = await self._carry(opened)
            if reason:
                not_before = self._now() + REST_SECONDS
                self._refused(reason)

    async def _until(self, end: float, not_before: float, *, for_one_more: bool = False) -> bool:
        """Wait until a mail is there, besides those that other connections are about to take."""
        while self._now() < end:
            taken = self._opening + self._resting if for_one_more else 0
            # What is drawn for a relay that is down comes back at once.
            found = self._backlog.draw(self, taken + 1)
            if found and self._now() >= not_before:
                return True
            if self._backlog.is_drawn and not self._waiting and not self._may_come_back():
                return False
            await asyncio.sleep(TICK_SECONDS)
        return False

    def _may_come_back(self) -> bool:
        """Whether a session still has a mail that it may give back."""
        return self._opening + self._open > self._resting

    async def _opened(self) -> Opened:
        self._opening += 1
        try:
            async with asyncio.timeout(self._relay.seconds_per_mail):
                return await open_session(self._relay)
        except TimeoutError:
            raise RefusedError(unreachable("4.4.1", "too slow")) from None
        finally:
            self._opening -= 1

    async def _carry(self, opened: Opened) -> Outcome | None:
        """Let a session work; the reason when it shows that the relay takes nothing."""
        session = Session(opened, self, self._relay)
        self._open += 1
        try:
            closed = await session.run()
        finally:
            self._open -= 1
        self._barren = 0 if session.answered or session.is_spent else self._barren + 1
        if closed and not session.answered:
            return closed
        return DROPPED if self._barren == MOST_BARREN else None

    def _refused(self, reason: Outcome) -> None:
        """Leave the relay alone, and give back what waits, unless another connection works."""
        if self._opening or self._open:
            return
        self._down, self._down_until = reason, self._now() + REST_SECONDS
        self._barren = 0
        while self._waiting:
            self._backlog.settle(self._waiting.popleft(), reason)
