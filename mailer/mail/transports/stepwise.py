"""The second carrier over SMTP: the standard library's client, a mail and a command at a time.

Slower, and with nothing of ours below the dialogue: for a relay that the first one cannot speak to.
"""

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.relays import Relay
from mailer.mail.transports import TICK_SECONDS, UNLOGGED, Answer, Envelope, Logbook
from mailer.mail.transports.client import BROKEN, Client
from mailer.mail.transports.commands import RESET, UnwritableError, announcement
from mailer.mail.transports.lane import DROPPED, MOST_BARREN, REST_SECONDS
from mailer.mail.transports.opening import RefusedError
from mailer.mail.transports.replies import accepted
from mailer.mail.transports.session import END, is_of_session, stuffed


class Stepwise:
    """As the protocol says, but nothing is told while a mail is carried; one connection a relay."""

    def __init__(self, *relays: Relay) -> None:
        self._relays = relays

    def send(
        self, envelopes: Iterable[Envelope | None], logbook: Logbook = UNLOGGED
    ) -> Iterator[Sequence[Answer]]:
        """As the protocol says."""
        lines = {relay.name: Line(relay, logbook) for relay in self._relays}
        lines[""] = lines[self._relays[0].name]
        try:
            for envelope in envelopes:
                if envelope is None:
                    time.sleep(TICK_SECONDS)
                    yield []
                    continue
                outcome = lines[envelope.relay].carry(envelope)
                logbook.answered(envelope.key, outcome)
                yield [(envelope.key, outcome)]
        finally:
            for line in lines.values():
                line.close()


class Line:
    """The connection to one relay, opened when it is wanted."""

    def __init__(self, relay: Relay, logbook: Logbook) -> None:
        self._relay, self._logbook = relay, logbook
        self._client: Client | None = None
        self._stage = Stage.CONNECT
        self._answered = self._barren = 0
        self._down, self._down_until = DROPPED, -math.inf

    def carry(self, envelope: Envelope) -> Outcome:
        """What became of the mail; a connection that went stale is opened again for it."""
        was_used = self._client is not None
        outcome = self._try(envelope)
        is_stale = self._client is None and self._stage is Stage.MAIL
        if was_used and (is_stale or outcome.relay_down) and self._stage is not Stage.FINAL:
            outcome = self._try(envelope)
        if outcome.relay_down and time.monotonic() >= self._down_until:
            self._leave_alone(outcome)
        return outcome

    def close(self) -> None:
        """End the session politely."""
        if self._client:
            with suppress(*BROKEN), self._client.in_time():
                self._client.putcmd("QUIT")
        self._drop()

    def _try(self, envelope: Envelope) -> Outcome:
        if time.monotonic() < self._down_until:
            return self._down
        try:
            client = self._client or self._open()
            with client.in_time():
                outcome = self._say(client, envelope)
        except UnwritableError as error:
            return error.outcome
        except RefusedError as refused:
            return refused.outcome
        except BROKEN as error:
            self._drop()
            return self._lost(error)
        self._answered += 1
        self._barren = 0
        if outcome.relay_down:
            self._drop()
        elif self._answered == self._relay.mails_per_connection:
            self.close()
        return outcome

    def _lost(self, error: Exception) -> Outcome:
        self._barren += 1
        if self._barren == MOST_BARREN:
            self._leave_alone(DROPPED)
        kind = Kind.UNCERTAIN if self._stage is Stage.FINAL else Kind.DEFERRED
        return Outcome(kind, "4.4.2", type(error).__name__, self._stage)

    def _leave_alone(self, reason: Outcome) -> None:
        self._down, self._down_until = reason, time.monotonic() + REST_SECONDS
        self._barren = 0

    def _say(self, client: Client, envelope: Envelope) -> Outcome:
        """Pass the mail; every refusal ends it."""
        self._stage = Stage.MAIL
        for stage, command in announcement(envelope, client.offers):
            self._stage = stage
            reply = client.ask(command)
            if refusal := reply.refusal(stage):
                if not refusal.relay_down:
                    self._go_on(client, is_spent=is_of_session(reply))
                return refusal
        self._stage = Stage.CONTENT
        self._logbook.leaves(envelope.key)
        client.send(stuffed(envelope.content) + END)
        self._stage = Stage.FINAL
        reply = client.reply()
        return reply.refusal(Stage.FINAL) or accepted(reply)

    def _go_on(self, client: Client, *, is_spent: bool) -> None:
        """After a refusal: make ready for the next mail, by another connection if need be."""
        try:
            if is_spent or client.ask(RESET[1]).refusal(Stage.MAIL):
                self._drop()
        except BROKEN:
            self._drop()

    def _open(self) -> Client:
        """A session ready for mails; raises RefusedError."""
        self._stage, self._answered = Stage.CONNECT, 0
        client = Client(self._relay)
        client.open()
        self._client = client
        return client

    def _drop(self) -> None:
        if self._client:
            self._client.close()
            self._client = None
