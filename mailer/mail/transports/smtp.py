"""The carrier over SMTP: a round of mails through several sessions at once, all in one thread."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence

from mailer.mail.outcome import Outcome
from mailer.mail.relays import Relay
from mailer.mail.transports import TICK_SECONDS, UNLOGGED, Answer, Envelope, Logbook
from mailer.mail.transports.backlog import Backlog
from mailer.mail.transports.opening import Opened, RefusedError, open_session, unreachable
from mailer.mail.transports.session import Session

# Sessions in a row that end before the relay answered for one mail: then it is taken for down.
MOST_BARREN = 3

DROPPED = unreachable("4.4.2", "the relay drops every session")


class Smtp:
    """Carries mails to the first of its relays."""

    def __init__(self, *relays: Relay) -> None:
        self._relay = relays[0]

    def send(
        self, envelopes: Iterable[Envelope | None], logbook: Logbook = UNLOGGED
    ) -> Iterator[Sequence[Answer]]:
        """As the protocol says."""
        backlog = Backlog(envelopes, logbook)
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            # It would log what a session ends with, and that names people.
            loop.set_exception_handler(lambda _loop, _context: None)
            round_ = loop.create_task(self._round(backlog))
            round_.add_done_callback(lambda _: loop.stop())
            while not round_.done():
                tick = loop.call_later(TICK_SECONDS, loop.stop)
                loop.run_forever()
                tick.cancel()
                yield backlog.answers()
            round_.result()

    async def _round(self, backlog: Backlog) -> None:
        sessions = range(self._relay.connections)
        reasons = await asyncio.gather(*(self._work(backlog) for _ in sessions))
        # One session that works is enough to carry all; what is left here, none could.
        for envelope in backlog.rest():
            backlog.settle(envelope, next(filter(None, reasons)))

    async def _work(self, backlog: Backlog) -> Outcome | None:
        """Run sessions one after another while there is work; the reason when that ends early."""
        barren = 0
        while await backlog.wait():
            if barren == MOST_BARREN:
                return DROPPED
            try:
                opened = await self._open()
            except RefusedError as refused:
                return refused.outcome
            session = Session(opened, backlog, self._relay.seconds_per_mail)
            closed = await session.run()
            if closed and not session.answered:
                return closed
            barren = 0 if session.answered else barren + 1
        return None

    async def _open(self) -> Opened:
        try:
            async with asyncio.timeout(self._relay.seconds_per_mail):
                return await open_session(self._relay)
        except TimeoutError:
            raise RefusedError(unreachable("4.4.1", "too slow")) from None
