"""The relays that mails may leave by."""

from dataclasses import dataclass, field
from datetime import date

# The policies by which it is certain who reads what is said to a relay.
CHECKED = ("verify", "tls")


@dataclass(frozen=True)
class Relay:
    """The server that takes our mails, and how much of it may be asked."""

    name: str
    host: str
    port: int = 25
    security: str = "plain"
    user: str = ""
    password: str = field(default="", repr=False)
    client_name: str = "localhost"
    connections: int = 1
    # How many mails one connection carries; 0 for as many as there are.
    mails_per_connection: int = 0
    seconds_per_mail: float = 60
    # The file of the authorities that vouch for it; None for those of the system.
    certificates: str | None = None
    weight: int = 1
    # The domains that it carries from and to; empty for all.
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    # 0 for no limit.
    per_second: int = 0
    per_hour: int = 0
    per_day: int = 0
    # The first day on which an address that is not known yet writes.
    warm_up_from: date | None = None
