"""What became of one mail: the answer of a relay, as data (RFC 5321, RFC 3463)."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """`uncertain`: lost after the final dot, so that it may have been taken (RFC 1047)."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    UNCERTAIN = "uncertain"


class Stage(StrEnum):
    """How far it had come. `connect` ends after EHLO and STARTTLS; `content` at the final dot."""

    CONNECT = "connect"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    CONTENT = "content"
    FINAL = "final"


@dataclass(frozen=True)
class Outcome:
    """One answer. `text` is the relay's own and may name a person: it is never logged or kept.

    `relay_down` says that this is not about the mail: the relay could not be reached, refused the
    session or closes it (421). No address and no letter is to blame; the mail was not tried.
    """

    kind: Kind
    status: str
    text: str
    stage: Stage
    relay_down: bool = False
