"""A carrier that signs what another one takes: the last hand on the bytes of every mail."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from mailer.clock import now
from mailer.mail import dkim
from mailer.mail.dkim import Key
from mailer.mail.transports import UNLOGGED, Answer, Envelope, Logbook, Transport


@dataclass(frozen=True)
class Signed:
    """As the protocol says; each mail is signed by every key when it can leave."""

    carrier: Transport
    keys: Sequence[Key]

    def send(
        self, envelopes: Iterable[Envelope | None], logbook: Logbook = UNLOGGED
    ) -> Iterator[Sequence[Answer]]:
        return self.carrier.send(map(self._signed, envelopes), logbook)

    def _signed(self, envelope: Envelope | None) -> Envelope | None:
        if envelope is None:
            return None
        sign = dkim.signed_as_it_is if envelope.is_canonical else dkim.signed
        return envelope._replace(content=sign(envelope.content, self.keys, now()))
