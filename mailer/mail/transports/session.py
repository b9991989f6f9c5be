"""A session: mails one after another over one connection, in as few writes as RFC 2920 allows.

With PIPELINING, MAIL, RCPT and DATA leave in one write, and those of the next mail right behind
the end of this one. The stage is remembered: what is lost before the final dot is deferred, what
is lost after it is uncertain.
"""

import asyncio
import re

from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.transports import Envelope
from mailer.mail.transports.backlog import Backlog
from mailer.mail.transports.opening import Opened
from mailer.mail.transports.replies import CLOSING, BrokenError

END = b".\r\n"
RESET = b"RSET\r\n"
QUIT = b"QUIT\r\n"
GO_ON = 354

ADDRESS = re.compile(r"[^\s<>\0-\x1f\x7f]*")

UNWRITABLE = Outcome(Kind.REJECTED, "5.1.3", "not an address", Stage.RCPT)
NEEDS_UTF8 = Outcome(Kind.REJECTED, "5.6.7", "SMTPUTF8 is not offered", Stage.RCPT)

Command = tuple[Stage, bytes]


class Session:
    """Carries mails of the backlog until none is left or the connection is of no more use."""

    def __init__(self, opened: Opened, backlog: Backlog, seconds_per_mail: float) -> None:
        self._wire, self._offers = opened.wire, opened.offers
        self._backlog, self._seconds = backlog, seconds_per_mail
        self._pipelined = "PIPELINING" in opened.offers
        self._stage = Stage.MAIL
        self._script: list[Command] = []
        self._announced: Envelope | None = None
        self._open = True
        self._reset = False
        self.answered = 0

    async def run(self) -> Outcome | None:
        """Settle mails, each within its deadline; the relay's own word when it closed the session.

        What it did not try, it gives back.
        """
        closed = None
        while self._open and (envelope := self._announced or await self._wait()):
            outcome = await self._in_time(envelope)
            if outcome.relay_down:
                closed, self._open = outcome, False
                self._backlog.give_back(envelope)
            else:
                self._backlog.settle(envelope, outcome)
        if self._announced:
            self._backlog.give_back(self._announced)
        self._wire.close(QUIT if self._open else b"")
        return closed

    async def _in_time(self, envelope: Envelope) -> Outcome:
        try:
            async with asyncio.timeout(self._seconds):
                outcome = await self._carry(envelope)
        except (BrokenError, TimeoutError) as error:
            self._open = False
            kind = Kind.UNCERTAIN if self._stage is Stage.FINAL else Kind.DEFERRED
            return Outcome(kind, "4.4.2", str(error) or "too slow", self._stage)
        self.answered += not outcome.relay_down
        return outcome

    async def _carry(self, envelope: Envelope) -> Outcome:
        if envelope is not self._announced:
            await self._wire.send(self._announcement(envelope))
        self._announced = None
        refusal = await self._offer()
        if refusal:
            self._reset = True
            return refusal
        self._stage = Stage.CONTENT
        self._backlog.leave(envelope)
        await self._wire.send(stuffed(envelope.content) + END + self._announce_next())
        self._stage = Stage.FINAL
        reply = await self._wire.reply()
        accepted = Outcome(Kind.ACCEPTED, reply.status, " ".join(reply.lines), Stage.FINAL)
        return reply.refusal(Stage.FINAL) or accepted

    async def _offer(self) -> Outcome | None:
        """Pass the envelope; the outcome when it is refused. Every announced reply is read."""
        refusal = None
        for stage, command in self._script:
            self._stage = stage
            if not self._pipelined:
                await self._wire.send(command)
            reply = await self._wire.reply()
            if refusal is None:
                refusal = reply.refusal(stage)
            elif reply.code == GO_ON:
                # The relay wants the content of a mail that it refused (RFC 2920, 3.1).
                self._open = False
            if refusal and (reply.code == CLOSING or not self._pipelined):
                break
        return refusal

    def _announce_next(self) -> bytes:
        self._announced = self._next() if self._pipelined else None
        return self._announcement(self._announced) if self._announced else b""

    def _announcement(self, envelope: Envelope) -> bytes:
        """What may leave before any reply; the script is what is said and answered for it."""
        utf8 = "" if _is_ascii(envelope) else " SMTPUTF8"
        self._script = [
            *([(Stage.MAIL, RESET)] if self._reset else ()),
            (Stage.MAIL, f"MAIL FROM:<{envelope.return_path}>{utf8}\r\n".encode()),
            (Stage.RCPT, f"RCPT TO:<{envelope.recipient}>\r\n".encode()),
            (Stage.DATA, b"DATA\r\n"),
        ]
        self._reset = False
        return b"".join(command for _, command in self._script) if self._pipelined else b""

    async def _wait(self) -> Envelope | None:
        """The next mail, which may be a while; None when there will be none."""
        while await self._backlog.wait():
            if envelope := self._next():
                return envelope
        return None

    def _next(self) -> Envelope | None:
        """The next mail that this relay can be offered; the others are settled here."""
        while envelope := self._backlog.take():
            problem = self._problem(envelope)
            if problem is None:
                return envelope
            self._backlog.settle(envelope, problem)
        return None

    def _problem(self, envelope: Envelope) -> Outcome | None:
        if not ADDRESS.fullmatch(envelope.return_path + envelope.recipient):
            return UNWRITABLE
        if not _is_ascii(envelope) and "SMTPUTF8" not in self._offers:
            return NEEDS_UTF8
        return None


def _is_ascii(envelope: Envelope) -> bool:
    return envelope.return_path.isascii() and envelope.recipient.isascii()


def stuffed(content: bytes) -> bytes:
    """The content with its lines that begin with a dot made harmless (RFC 5321, 4.5.2)."""
    start = b"." if content.startswith(b".") else b""
    end = b"" if content.endswith(b"\r\n") else b"\r\n"
    return start + content.replace(b"\r\n.", b"\r\n..") + end
