"""What a sending service tells of one mail, in words that all of them share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mailer.mail.returned import Reason


class Event(StrEnum):
    """What happened; a superset of what concerns us (meaning.py says what does)."""

    QUEUED = "queued"
    SENT = "sent"
    REJECTED = "rejected"
    FAILED = "failed"
    BOUNCED = "bounced"
    DEFERRED = "deferred"
    DELIVERED = "delivered"
    AUTORESPONDED = "autoresponded"
    OPENED = "opened"
    CLICKED = "clicked"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    SUBSCRIBED = "subscribed"
    UNKNOWN = "unknown"


class Refusal(StrEnum):
    """Why the service, or the receiving server, did not take the mail."""

    INVALID = "invalid"
    BOUNCED = "bounced"
    TIMED_OUT = "timed_out"
    BLOCKED = "blocked"
    SPAM = "spam"
    UNSUBSCRIBED = "unsubscribed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it came: its bytes, its header fields, and its form if it has one."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """One event about one recipient.

    `message_id` is the service's name for the mail; `references` are what may name it by one of
    our own Message-IDs, and `return_path` the envelope sender that it left with. `response` is
    what the receiving server said. `event_id` is empty when the service gives none.
    """

    event: Event
    recipient: str = field(default="", repr=False)
    refusal: Refusal | None = None
    at: datetime | None = None
    message_id: str = ""
    event_id: str = ""
    reason: Reason | None = None
    status: str = ""
    response: str = field(default="", repr=False)
    is_permanent: bool | None = None
    feedback_type: str = ""
    return_path: str = ""
    references: tuple[str, ...] = ()
