"""A carrier that signs what another one takes: the last hand on the bytes of every mail."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mailer.clock import now
from mailer.mail import dkim
from mailer.mail.dkim import Key
from mailer.mail.outcome import Outcome
from mailer.mail.transports import Envelope, Transport


@dataclass(frozen=True)
class Signed:
    """As the protocol says; each mail is signed by every key when it can leave."""

    carrier: Transport
    keys: Sequence[Key]

    def send(self, envelopes: Iterable[Envelope]) -> Iterator[tuple[int, Outcome]]:
        return self.carrier.send(self._signed(envelope) for envelope in envelopes)

    def _signed(self, envelope: Envelope) -> Envelope:
        return replace(envelope, content=dkim.signed(envelope.content, self.keys, now()))
