"""The carrier over SMTP: a round of mails by several relays at once, all in one thread."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence

from mailer.mail.relays import Relay
from mailer.mail.transports import TICK_SECONDS, UNLOGGED, Answer, Envelope, Logbook
from mailer.mail.transports.backlog import Backlog
from mailer.mail.transports.lane import Lane


class Smtp:
    """Carries mails to its relays: each has connections of its own, and fails for itself."""

    def __init__(self, *relays: Relay) -> None:
        self._relays = relays

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
        lanes = {relay.name: Lane(relay, backlog) for relay in self._relays}
        backlog.use(lanes)
        await asyncio.gather(*(lane.run() for lane in lanes.values()))
