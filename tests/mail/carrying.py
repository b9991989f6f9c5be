"""A whole round of a carrier."""

from itertools import chain


def carried(carrier, envelopes):
    """The answer to each mail, with its key."""
    return list(chain.from_iterable(carrier.send(envelopes)))
