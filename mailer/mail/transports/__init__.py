"""Carriers of mail: one protocol for a single mail and for a campaign."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from mailer.mail.outcome import Outcome

# How long a caller waits for answers at most: so often it can commit those that it has.
TICK_SECONDS = 0.02

Answer = tuple[int, Outcome]


class Envelope(NamedTuple):
    """A mail ready to leave. `key` is the caller's own number for it, never written anywhere."""

    key: int
    return_path: str
    recipient: str
    content: bytes
    # The name of the relay that is to carry it; empty for the first one.
    relay: str = ""
    # No line begins with a dot, none ends with a space, and no space follows another: the content
    # leaves as it is (RFC 5321, 4.5.2) and is signed as it is (RFC 6376, 3.4.4).
    is_canonical: bool = False


class Logbook(Protocol):
    """Told of each mail while it is carried, in the thread that called send."""

    def leaves(self, key: int) -> None:
        """Called right before the content is written: from then on the mail may arrive."""
        ...

    def answered(self, key: int, outcome: Outcome) -> None:
        """Called before the next mail leaves on the same connection."""
        ...


class Unlogged:
    """For mails whose row tells enough after a crash."""

    def leaves(self, key: int) -> None:
        """Nothing is noted."""

    def answered(self, key: int, outcome: Outcome) -> None:
        """Nothing is noted."""


UNLOGGED = Unlogged()


class Transport(Protocol):
    """What carries mails."""

    def send(
        self, envelopes: Iterable[Envelope | None], logbook: Logbook = UNLOGGED
    ) -> Iterator[Sequence[Answer]]:
        """Exactly one answer per envelope; what the iterable or the logbook raises ends the round.

        The answers that came are yielded every TICK_SECONDS at least, also when none did. An
        envelope is taken from the iterable only when it can leave, so that a mail is built, and a
        person claimed, no sooner; a None there stands for "none now", and it is asked again after
        a tick. When the relay is down, what was taken comes back with `relay_down`.
        """
        ...
