"""What came back about a mail, in one shape, whichever way it came in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What somebody, or some program, tells us of a mail that left."""

    BOUNCE = "bounce"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    COMPLAINT = "complaint"
    UNSUBSCRIBED = "unsubscribed"
    AUTOREPLY = "autoreply"
    REPLY = "reply"


class Reason(StrEnum):
    """Why a mail came back: the vocabulary of Sisimai, which the field shares."""

    USER_UNKNOWN = "userunknown"
    HOST_UNKNOWN = "hostunknown"
    HAS_MOVED = "hasmoved"
    NOT_ACCEPT = "notaccept"
    MAILBOX_FULL = "mailboxfull"
    SUSPEND = "suspend"
    EXPIRED = "expired"
    FILTERED = "filtered"
    REJECTED = "rejected"
    BLOCKED = "blocked"
    AUTH_FAILURE = "authfailure"
    REQUIRE_PTR = "requireptr"
    BAD_REPUTATION = "badreputation"
    POLICY_VIOLATION = "policyviolation"
    NOT_COMPLIANT_RFC = "notcompliantrfc"
    SPAM_DETECTED = "spamdetected"
    VIRUS_DETECTED = "virusdetected"
    CONTENT_ERROR = "contenterror"
    SECURITY_ERROR = "securityerror"
    NO_RELAYING = "norelaying"
    MESSAGE_TOO_BIG = "mesgtoobig"
    EXCEED_LIMIT = "exceedlimit"
    SPEEDING = "speeding"
    TOO_MANY_CONNECTIONS = "toomanyconn"
    NETWORK_ERROR = "networkerror"
    SYSTEM_ERROR = "systemerror"
    SYSTEM_FULL = "systemfull"
    MAILER_ERROR = "mailererror"
    SYNTAX_ERROR = "syntaxerror"
    FAILED_STARTTLS = "failedstarttls"
    ON_HOLD = "onhold"
    UNDEFINED = "undefined"
    FEEDBACK = "feedback"
    VACATION = "vacation"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Returned:
    """One thing that came back about one recipient.

    `return_path` is the address that the report was sent to, and `message_id` the one of the mail
    that it is about: what ties it to a delivery of ours. `recipient` is only as the report tells
    it. `status` is an enhanced code (RFC 3463) or empty. `is_permanent` is None when nobody says.
    `feedback_type` is the word of RFC 5965, 7.3. `event_id` tells one report from its copy.
    """

    kind: Kind
    recipient: str
    reason: Reason = Reason.UNDEFINED
    status: str = ""
    is_permanent: bool | None = None
    return_path: str = ""
    message_id: str = ""
    feedback_type: str = ""
    event_id: str = ""
    at: datetime | None = None
