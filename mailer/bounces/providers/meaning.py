"""From what a service told to what came back about a mail: what is none of our business is dropped.

Openings and clicks above all: measuring is asked for by our own means alone (docs/tracking.md).
"""

import re

from mailer.bounces.findings import Finding
from mailer.bounces.providers.told import Event, Refusal, Told
from mailer.bounces.reasons import statuses
from mailer.bounces.reasons.deciding import reason_of
from mailer.mail.returned import Kind, Reason, Returned

# The Message-IDs of our letters (delivery/messages.py), whole or without brackets and domain.
OURS = re.compile(r"<?c[0-9]{1,10}\.r[0-9]{1,18}\.[0-9a-f]{16}(@[^<>\s]{1,253})?>?")
STATUS = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}")
LONGEST = 200

KINDS = {
    Event.BOUNCED: Kind.BOUNCE,
    Event.FAILED: Kind.BOUNCE,
    Event.REJECTED: Kind.BOUNCE,
    Event.DEFERRED: Kind.DELAYED,
    Event.DELIVERED: Kind.DELIVERED,
    Event.COMPLAINED: Kind.COMPLAINT,
    Event.UNSUBSCRIBED: Kind.UNSUBSCRIBED,
    Event.AUTORESPONDED: Kind.AUTOREPLY,
}
# A mail can be kept back because of what the person told the service once: that is told now.
KEPT_BACK = frozenset({Event.REJECTED, Event.BOUNCED})
# The person moved a mail out of the junk (RFC 5965, 7.3): the contrary of a complaint.
NOT_SPAM = "not-spam"
REASONS = {
    Kind.COMPLAINT: Reason.FEEDBACK,
    Kind.DELIVERED: Reason.DELIVERED,
    Kind.AUTOREPLY: Reason.VACATION,
    Kind.UNSUBSCRIBED: Reason.UNDEFINED,
}
REFUSED = {
    Refusal.INVALID: Reason.USER_UNKNOWN,
    Refusal.TIMED_OUT: Reason.EXPIRED,
    Refusal.BLOCKED: Reason.BLOCKED,
    Refusal.SPAM: Reason.SPAM_DETECTED,
}
# Kept back by the service, which had the address on a list: the address was not tried now.
NOT_TRIED = {Refusal.BOUNCED: Reason.SUSPEND}


def returned(told: Told) -> Returned | None:
    """What came back about the mail; None for what has no consequence."""
    kind = _kind(told)
    if kind is None:
        return None
    status = told.status if STATUS.fullmatch(told.status) else statuses.enhanced(told.response)
    return Returned(
        kind,
        told.recipient,
        reason=REASONS.get(kind) or _reason(told, status),
        status=status,
        is_permanent=_is_permanent(told, status),
        return_path=told.return_path,
        message_id=_ours(told),
        feedback_type=told.feedback_type[:LONGEST],
        event_id=told.event_id[:LONGEST],
        at=told.at,
    )


def _kind(told: Told) -> Kind | None:
    if told.event is Event.COMPLAINED and told.feedback_type.lower() == NOT_SPAM:
        return None
    if told.event in KEPT_BACK and told.reason is Reason.FEEDBACK:
        return Kind.COMPLAINT
    if told.event in KEPT_BACK and told.refusal is Refusal.UNSUBSCRIBED:
        return Kind.UNSUBSCRIBED
    return KINDS.get(told.event)


def _reason(told: Told, status: str) -> Reason:
    return told.reason or _of_server(told, status) or _of_refusal(told) or Reason.UNDEFINED


def _of_server(told: Told, status: str) -> Reason | None:
    """The reason that the receiving server gave, in its words or its code."""
    if not (told.response or status):
        return None
    action = "delayed" if told.event is Event.DEFERRED else ""
    found = reason_of(Finding(told.recipient, said=told.response, action=action, status=status))
    return None if found is Reason.UNDEFINED else found


def _of_refusal(told: Told) -> Reason | None:
    if told.event is Event.FAILED:
        return Reason.CONTENT_ERROR
    words = REFUSED | NOT_TRIED if told.event is Event.REJECTED else REFUSED
    return words.get(told.refusal) if told.refusal else None


def _is_permanent(told: Told, status: str) -> bool | None:
    if told.refusal is Refusal.INVALID:
        return True
    if told.is_permanent is None and told.event is Event.BOUNCED and status:
        return status.startswith("5")
    return told.is_permanent


def _ours(told: Told) -> str:
    """Our own Message-ID if it came back, else the service's name for the mail."""
    ours = (each for each in told.references if OURS.fullmatch(each))
    return next(ours, told.message_id)[:LONGEST]
