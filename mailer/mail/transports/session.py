"""A session: mails one after another over one connection, in as few writes as RFC 2920 allows.

With PIPELINING, MAIL, RCPT and DATA leave in one write, and those of the next mail right behind
the end of this one. The stage is remembered: what is lost before the final dot is deferred, what
is lost after it is uncertain.
"""

import asyncio
import math
import re
from typing import Protocol

from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports import Envelope
from mailer.mail.transports.commands import RESET, Command, UnwritableError, announcement
from mailer.mail.transports.opening import Opened
from mailer.mail.transports.replies import CLOSING, BrokenError, LostError, Reply, accepted
from mailer.mail.transports.wire import Waiting

END = b".\r\n"
QUIT = b"QUIT\r\n"
GO_ON = 354
ENOUGH = 452

# Twice as fast as looking for the three bytes.
DOT = re.compile(rb"\n\.")

SENDING = frozenset({Stage.CONTENT, Stage.FINAL})
# A connection that carried nothing for so long is closed, and opened again when it is wanted.
IDLE_SECONDS = 20.0


class Mails(Protocol):
    """Where the mails of a session come from, and where their answers go."""

    def take(self) -> Envelope | None:
        """The next one; None when there is none now."""

    async def wait(self, seconds: float) -> bool:
        """Wait until one can be taken; False when none came so long, or will come."""

    def give_back(self, envelope: Envelope) -> None:
        """Let another session have it."""

    def leave(self, envelope: Envelope) -> None:
        """It may arrive from here on."""

    def settle(self, envelope: Envelope, outcome: Outcome) -> None:
        """Tell what became of it."""


class Session:
    """Carries mails until none is left or the connection is of no more use.

    All happens where a reply is heard, with no task to wake: that is half of a mail's cost.
    """

    def __init__(self, opened: Opened, mails: Mails, relay: Relay) -> None:
        self._wire, self._offers = opened.wire, opened.offers
        self._mails, self._seconds = mails, relay.seconds_per_mail
        self._left = relay.mails_per_connection or math.inf
        self._pipelined = "PIPELINING" in opened.offers
        self._loop = asyncio.get_running_loop()
        self._current: Envelope | None = None
        self._announced: Envelope | None = None
        self._script: list[Command] = []
        self._step = 0
        self._stage = Stage.MAIL
        self._refusal: Outcome | None = None
        self._reset = False
        self._open = True
        self._at_rest: asyncio.Future[None] = self._loop.create_future()
        self._closed: Outcome | None = None
        self._deadline = 0.0
        self.answered = 0
        self._wire.listener = self

    async def run(self) -> Outcome | None:
        """Settle mails, each within its deadline; the relay's own word when it closed the session.

        What it did not try, it gives back.
        """
        self._watch()
        try:
            while await self._may_begin():
                self._at_rest = self._loop.create_future()
                self._begin()
                await self._at_rest
        finally:
            self._timer.cancel()
            self._wire.listener = Waiting()
            if self._announced:
                self._mails.give_back(self._announced)
            self._wire.close(QUIT if self._open else b"")
        return self._closed

    async def _may_begin(self) -> bool:
        """Wait for a mail; False when there is none, or the connection went meanwhile."""
        if not self._open or self.is_spent:
            return False
        return await self._mails.wait(IDLE_SECONDS) and self._open

    @property
    def is_spent(self) -> bool:
        """Whether this connection has carried as much as it may."""
        return self._left <= 0

    def heard(self, reply: Reply) -> None:
        """Take the relay's next word."""
        if self._current is None:
            # Only a farewell comes unasked (RFC 5321, 3.8).
            self._open = False
        elif self._stage in SENDING:
            self._settle(self._current, reply.refusal(Stage.FINAL) or accepted(reply))
        else:
            self._offer(self._current, reply)

    def drained(self) -> None:
        """The end of the mail has left: from here on only the relay knows."""
        if self._stage is Stage.CONTENT:
            self._stage = Stage.FINAL

    def lost(self, error: Exception) -> None:
        """End the session; the mail that it was carrying is deferred, or uncertain."""
        self._open = False
        if not isinstance(error, BrokenError):
            self._rest(error)
        elif self._current and self._was_idle and isinstance(error, LostError):
            # Closed before it heard of this mail, as relays do after a while.
            self._mails.give_back(self._current)
            self._current = None
            self._rest()
        elif self._current:
            kind = Kind.UNCERTAIN if self._stage is Stage.FINAL else Kind.DEFERRED
            outcome = Outcome(kind, "4.4.2", str(error), self._stage)
            self._settle(self._current, outcome, is_answer=False)

    @property
    def _was_idle(self) -> bool:
        """Whether earlier mails were answered here, and nothing was yet of this one."""
        return self.answered > 0 and self._stage is Stage.MAIL and self._step == 0

    def _begin(self) -> None:
        """Carry the announced mail, or the next one; rest when there is none."""
        if envelope := self._announced:
            self._announced = None
        elif envelope := self._next():
            self._wire.send(self._announcement())
        else:
            self._rest()
            return
        self._current, self._refusal = envelope, None
        self._step, self._stage = 0, Stage.MAIL
        self._deadline = self._loop.time() + self._seconds
        if not self._pipelined:
            self._wire.send(self._script[0][1])

    def _offer(self, envelope: Envelope, reply: Reply) -> None:
        """The answer to one command of the envelope. Every announced reply is read."""
        self._step += 1
        if self._refusal is None:
            self._refusal = reply.refusal(self._stage)
            if self._refusal and is_of_session(reply):
                self._left = 0
        elif reply.code == GO_ON:
            # The relay wants the content of a mail that it refused (RFC 2920, 3.1).
            self._open = False
        is_over = self._step == len(self._script)
        if not is_over:
            self._stage = self._script[self._step][0]
        if self._refusal and (is_over or not self._pipelined or reply.code == CLOSING):
            self._reset = True
            self._settle(envelope, self._refusal)
        elif is_over:
            self._send_content(envelope)
        elif not self._pipelined:
            self._wire.send(self._script[self._step][1])

    def _send_content(self, envelope: Envelope) -> None:
        self._mails.leave(envelope)
        content = envelope.content if envelope.is_canonical else stuffed(envelope.content)
        self._wire.send(content + END + self._announce_next())
        self._stage = Stage.CONTENT if self._wire.is_full else Stage.FINAL

    def _settle(self, envelope: Envelope, outcome: Outcome, *, is_answer: bool = True) -> None:
        self._current = None
        if outcome.relay_down:
            self._closed, self._open = outcome, False
        if outcome.relay_down and self._stage not in SENDING:
            self._mails.give_back(envelope)
        else:
            self.answered += is_answer and not outcome.relay_down
            self._mails.settle(envelope, outcome)
        if self._open:
            self._begin()
        else:
            self._rest()

    def _rest(self, error: Exception | None = None) -> None:
        """Let run() see to it: there is no mail now, or the session is over."""
        if self._at_rest.done():
            return
        if error:
            self._at_rest.set_exception(error)
        else:
            self._at_rest.set_result(None)

    def _watch(self) -> None:
        """Cut a mail that takes too long, however it trickles; one timer for all of them."""
        left = self._deadline - self._loop.time() if self._current else self._seconds
        if left <= 0:
            self.lost(BrokenError("too slow"))
            left = self._seconds
        self._timer = self._loop.call_later(left, self._watch)

    def _announce_next(self) -> bytes:
        self._announced = self._next() if self._pipelined else None
        return self._announcement() if self._announced else b""

    def _announcement(self) -> bytes:
        """What may leave before any reply."""
        return b"".join([command for _, command in self._script]) if self._pipelined else b""

    def _next(self) -> Envelope | None:
        """The next mail that this relay can be offered, and its script; others are settled here."""
        while not self.is_spent and (envelope := self._mails.take()):
            try:
                script = announcement(envelope, self._offers)
            except UnwritableError as error:
                self._mails.settle(envelope, error.outcome)
            else:
                self._script = [RESET, *script] if self._reset else script
                self._reset, self._left = False, self._left - 1
                return envelope
        return None


def is_of_session(reply: Reply) -> bool:
    """Whether the relay has had enough, and it is not the mailbox that is full (RFC 3463, 3.3)."""
    return reply.code == ENOUGH and not reply.status.startswith("4.2.")


def stuffed(content: bytes) -> bytes:
    """The content with its lines that begin with a dot made harmless (RFC 5321, 4.5.2)."""
    start = b"." if content.startswith(b".") else b""
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    if DOT.search(content):
        content = content.replace(b"\r\n.", b"\r\n..")
    return start + content + end if start or end else content
