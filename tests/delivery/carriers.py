"""Relays at the network's edge that something happens at, between one mail and the next."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mailer.mail.outcome import Outcome
from mailer.mail.transports import Answer, Envelope, Logbook
from mailer.mail.transports.memory import ACCEPTED


@dataclass
class OneByOne:
    """Does something once a mail has left and before it is answered."""

    meanwhile: Callable[[Envelope], None]
    outcome: Outcome = ACCEPTED
    taken: list[str] = field(default_factory=list)

    def send(
        self, envelopes: Iterable[Envelope | None], logbook: Logbook
    ) -> Iterator[Sequence[Answer]]:
        for envelope in envelopes:
            if envelope is None:
                yield []
                continue
            logbook.leaves(envelope.key)
            self.taken.append(envelope.recipient)
            self.meanwhile(envelope)
            logbook.answered(envelope.key, self.outcome)
            yield [(envelope.key, self.outcome)]
