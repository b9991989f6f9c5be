"""A carrier for tests: it remembers what it took, and answers as it was told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.transports import Envelope

ACCEPTED = Outcome(Kind.ACCEPTED, "2.0.0", "ok", Stage.FINAL)


@dataclass
class Memory:
    """`answers` by recipient; everybody else is accepted and stands in `taken`."""

    answers: dict[str, Outcome] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)

    def send(self, envelopes: Iterable[Envelope]) -> Iterator[tuple[int, Outcome]]:
        for envelope in envelopes:
            outcome = self.answers.get(envelope.recipient, ACCEPTED)
            if outcome.kind is Kind.ACCEPTED:
                self.taken.append(envelope)
            yield envelope.key, outcome
