"""What follows from an answer to a mail: the only rule, whoever gave the answer."""

from enum import StrEnum

from mailer.mail import returned
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.returned import Reason, Returned


class Consequence(StrEnum):
    """`stop` is for what is our fault: the person is not punished for it, the campaign halts.

    `doubt` may be about one person or about us: what the others are answered tells. `count` is for
    a mailbox that may live again: so many in a row, and it counts as dead. `object` and `leave`
    are the person's own wish: of everything, or of one list.
    """

    KEEP = "keep"
    COUNT = "count"
    SUPPRESS = "suppress"
    STOP = "stop"
    DOUBT = "doubt"
    OBJECT = "object"
    LEAVE = "leave"


class Failure(StrEnum):
    """Why a campaign stopped, in the kinds that are mended differently."""

    MERGE = "merge"
    LOGIN = "login"
    POLICY = "policy"
    MESSAGE = "message"
    CHANGED = "changed"
    UNAPPROVED = "unapproved"
    SUBJECTS = "subjects"
    RESTORED = "restored"


# RFC 3463 and its registry; the longest code that begins the answer's decides.
REJECTED = {
    "5.1.1": Consequence.SUPPRESS,  # no such mailbox
    "5.1.2": Consequence.SUPPRESS,  # no such domain
    "5.1.3": Consequence.SUPPRESS,  # an address that cannot be one
    "5.1.6": Consequence.SUPPRESS,  # moved, no forwarding address
    "5.1.10": Consequence.SUPPRESS,  # a domain that takes no mail (RFC 7505)
    "5.1.7": Consequence.STOP,  # our own address, its form
    "5.1.8": Consequence.STOP,  # our own address, its domain
    "5.1": Consequence.COUNT,
    "5.2": Consequence.COUNT,  # full, closed for now, too large for this mailbox
    "5.3.4": Consequence.STOP,  # the relay finds the letter too large
    "5.4": Consequence.COUNT,
    "5.6.7": Consequence.COUNT,  # an address that this relay cannot write (RFC 6531)
    "5.6": Consequence.STOP,  # the form of the letter
    "5.7": Consequence.STOP,  # signature, policy, permission to relay
}

# What came back later, by the vocabulary of mail/returned.py; what is not here counts.
RETURNED = {
    Reason.USER_UNKNOWN: Consequence.SUPPRESS,
    Reason.HOST_UNKNOWN: Consequence.SUPPRESS,
    Reason.HAS_MOVED: Consequence.SUPPRESS,
    Reason.NOT_ACCEPT: Consequence.SUPPRESS,
    Reason.AUTH_FAILURE: Consequence.STOP,
    Reason.REQUIRE_PTR: Consequence.STOP,
    Reason.BAD_REPUTATION: Consequence.STOP,
    Reason.BLOCKED: Consequence.STOP,
    Reason.REJECTED: Consequence.STOP,
    Reason.POLICY_VIOLATION: Consequence.STOP,
    Reason.NOT_COMPLIANT_RFC: Consequence.STOP,
    Reason.SPAM_DETECTED: Consequence.STOP,
    Reason.VIRUS_DETECTED: Consequence.STOP,
    Reason.CONTENT_ERROR: Consequence.STOP,
    Reason.SECURITY_ERROR: Consequence.STOP,
    Reason.NO_RELAYING: Consequence.STOP,
    Reason.SPEEDING: Consequence.STOP,
    Reason.TOO_MANY_CONNECTIONS: Consequence.STOP,
    Reason.FAILED_STARTTLS: Consequence.STOP,
    Reason.SYNTAX_ERROR: Consequence.STOP,
}
WISHES = {
    returned.Kind.COMPLAINT: Consequence.OBJECT,
    returned.Kind.UNSUBSCRIBED: Consequence.LEAVE,
}

# Not authorised, a list for its members alone (RFC 3463, 3.8): of one recipient, or of us.
CLOSED = frozenset({"5.7.1", "5.7.2"})

# Until the recipient is named, a refusal can only be about us.
BEFORE_RECIPIENT = frozenset({Stage.CONNECT, Stage.AUTH, Stage.MAIL})


# RFC 4954, 6: the credentials are wrong, the mechanism is too weak, or wants encryption.
LOGINS = frozenset({"5.7.8", "5.7.9", "5.7.11"})
# The same RFC's words for "authentication required", and RFC 3207's for "STARTTLS first". Later in
# the dialogue it may mean anything.
LOGIN_FIRST = "5.7.0"


def of(outcome: Outcome) -> Consequence:
    """What the answer means for the person and for the campaign."""
    if outcome.kind is not Kind.REJECTED:
        return Consequence.KEEP
    if outcome.stage in BEFORE_RECIPIENT:
        return Consequence.STOP
    parts = outcome.status.split(".")
    for length in (3, 2):
        if found := REJECTED.get(".".join(parts[:length])):
            return Consequence.DOUBT if _may_be_theirs(outcome) else found
    # A code that tells nothing: the moment does. After the recipient was taken, it is the letter.
    return Consequence.COUNT if outcome.stage is Stage.RCPT else Consequence.STOP


def of_returned(told: Returned) -> Consequence:
    """What a report about a mail that had left means for the person and for the campaign."""
    if told.kind is not returned.Kind.BOUNCE:
        return WISHES.get(told.kind, Consequence.KEEP)
    found = RETURNED.get(told.reason, Consequence.COUNT)
    # A server that gave up may find the same mailbox tomorrow.
    is_for_good = told.is_permanent is not False
    return Consequence.COUNT if found is Consequence.SUPPRESS and not is_for_good else found


def _may_be_theirs(outcome: Outcome) -> bool:
    """Whether the mailbox, and not the relay, may be closed to us."""
    return outcome.status in CLOSED and outcome.stage is Stage.RCPT


def holds_up(outcome: Outcome) -> bool:
    """Whether more than the one mail waits after that answer."""
    return outcome.relay_down or of(outcome) is Consequence.STOP


def failure_of(outcome: Outcome) -> Failure:
    """What a person has to mend after an answer that stops the campaign."""
    is_early = outcome.stage in BEFORE_RECIPIENT
    if outcome.stage is Stage.AUTH or outcome.status in LOGINS:
        return Failure.LOGIN
    if is_early and outcome.status == LOGIN_FIRST:
        return Failure.LOGIN
    if outcome.status.startswith(("5.6", "5.3.4")):
        return Failure.MESSAGE
    return Failure.POLICY
