"""A whole round of a carrier, and a carrier of several relays."""

from itertools import chain

from mailer.mail.transports.memory import Memory


def carried(carrier, envelopes):
    """The answer to each mail, with its key."""
    return list(chain.from_iterable(carrier.send(envelopes)))


class Relays(Memory):
    """A carrier whose relays answer each in its own way: `says` by name."""

    def __init__(self):
        super().__init__()
        self.says = {}
        self.asked = []

    def _answer(self, envelope, logbook):
        self.asked.append(envelope.relay)
        self.answers = {}
        if said := self.says.get(envelope.relay):
            self.answers[envelope.recipient] = said
        return super()._answer(envelope, logbook)
