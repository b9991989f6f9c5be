"""A carrier for tests: it remembers what it took, and answers as it was told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.transports import UNLOGGED, Answer, Envelope, Logbook

ACCEPTED = Outcome(Kind.ACCEPTED, "2.0.0", "ok", Stage.FINAL)


@dataclass
class Memory:
    """`answers` by recipient; everybody else is accepted and stands in `taken`."""

    answers: dict[str, Outcome] = field(default_factory=dict)
    taken: list[Envelope] = field(default_factory=list)

    def send(
        self, envelopes: Iterable[Envelope | None], logbook: Logbook = UNLOGGED
    ) -> Iterator[Sequence[Answer]]:
        for envelope in envelopes:
            yield [self._answer(envelope, logbook)] if envelope else []

    def _answer(self, envelope: Envelope, logbook: Logbook) -> Answer:
        outcome = self.answers.get(envelope.recipient, ACCEPTED)
        logbook.leaves(envelope.key)
        if outcome.kind is Kind.ACCEPTED:
            self.taken.append(envelope)
        logbook.answered(envelope.key, outcome)
        return envelope.key, outcome
