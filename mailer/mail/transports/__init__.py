"""Carriers of mail: one protocol for a single mail and for a campaign."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from mailer.mail.outcome import Outcome


@dataclass(frozen=True)
class Envelope:
    """A mail ready to leave. `key` is the caller's own number for it, never written anywhere."""

    key: int
    return_path: str
    recipient: str
    content: bytes


class Transport(Protocol):
    """What carries mails."""

    def send(self, envelopes: Iterable[Envelope]) -> Iterator[tuple[int, Outcome]]:
        """Exactly one outcome per envelope, with its key, as the answers come; never raises.

        Envelopes are taken from a generator only when one can leave, so that building them costs
        no memory. When the relay is down, all that is left of them comes back with `relay_down`.
        """
        ...
