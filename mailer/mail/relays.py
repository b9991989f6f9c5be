"""The relays that carry mails."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Relay:
    """The server that takes our mails, and how much of it may be asked."""

    name: str
    host: str
    port: int = 25
    weight: int = 1
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    per_second: int = 0
    per_hour: int = 0
    per_day: int = 0
    warm_up_from: date | None = None
