"""SparkPost's event webhooks: batches of objects, each in the envelope of its class.

https://developers.sparkpost.com/api/webhooks/
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mailer.bounces.providers.reading import (
    Table,
    epoch,
    first,
    grouped,
    parsed,
    references,
    required,
    table,
    text,
)
from mailer.bounces.providers.told import Event, Posted, Refusal, Told
from mailer.errors import Invalid
from mailer.mail.returned import Reason

# Envelopes of mails that came in, which have an address of their own to go to.
INBOUND = frozenset({"relay_message", "relay_event"})

EVENTS = {
    "injection": Event.QUEUED,
    "delivery": Event.DELIVERED,
    "delay": Event.DEFERRED,
    "bounce": Event.BOUNCED,
    "out_of_band": Event.BOUNCED,
    "policy_rejection": Event.REJECTED,
    "generation_rejection": Event.REJECTED,
    "generation_failure": Event.FAILED,
    "spam_complaint": Event.COMPLAINED,
    "list_unsubscribe": Event.UNSUBSCRIBED,
    "link_unsubscribe": Event.UNSUBSCRIBED,
    "open": Event.OPENED,
    "initial_open": Event.OPENED,
    "amp_open": Event.OPENED,
    "amp_initial_open": Event.OPENED,
    "click": Event.CLICKED,
    "amp_click": Event.CLICKED,
}


@dataclass(frozen=True)
class Class:
    """What one bounce class means; some are no bounce at all."""

    refusal: Refusal
    reason: Reason
    is_permanent: bool | None = None
    event: Event | None = None


# https://support.sparkpost.com/docs/deliverability/bounce-classification-codes
UNDETERMINED = Class(Refusal.OTHER, Reason.UNDEFINED)
CLASSES = {
    "1": UNDETERMINED,
    "10": Class(Refusal.INVALID, Reason.USER_UNKNOWN, is_permanent=True),
    "20": Class(Refusal.BOUNCED, Reason.UNDEFINED, is_permanent=False),
    "21": Class(Refusal.BOUNCED, Reason.NETWORK_ERROR, is_permanent=False),
    "22": Class(Refusal.BOUNCED, Reason.MAILBOX_FULL, is_permanent=False),
    "23": Class(Refusal.BOUNCED, Reason.MESSAGE_TOO_BIG, is_permanent=False),
    "24": Class(Refusal.TIMED_OUT, Reason.EXPIRED, is_permanent=False),
    "25": Class(Refusal.BLOCKED, Reason.POLICY_VIOLATION, is_permanent=False),
    "26": Class(Refusal.BLOCKED, Reason.POLICY_VIOLATION, is_permanent=False),
    "30": Class(Refusal.BOUNCED, Reason.USER_UNKNOWN, is_permanent=True),
    "40": Class(Refusal.BOUNCED, Reason.UNDEFINED, is_permanent=False),
    "50": Class(Refusal.BLOCKED, Reason.BLOCKED),
    "51": Class(Refusal.SPAM, Reason.SPAM_DETECTED),
    "52": Class(Refusal.SPAM, Reason.SPAM_DETECTED),
    "53": Class(Refusal.OTHER, Reason.CONTENT_ERROR),
    "54": Class(Refusal.BLOCKED, Reason.NO_RELAYING),
    "60": Class(Refusal.OTHER, Reason.VACATION, event=Event.AUTORESPONDED),
    "70": Class(Refusal.BOUNCED, Reason.UNDEFINED, is_permanent=False),
    "80": Class(Refusal.OTHER, Reason.UNDEFINED, event=Event.SUBSCRIBED),
    "90": Class(Refusal.UNSUBSCRIBED, Reason.UNDEFINED, event=Event.UNSUBSCRIBED),
    "100": Class(Refusal.OTHER, Reason.UNDEFINED, event=Event.AUTORESPONDED),
}
# Their words about an address that they keep on a list.
SUPPRESSED = "recipient address suppressed"


def events(posted: Posted) -> tuple[Told, ...]:
    """What the batch tells; its test request has none. Raises Invalid for mails that came in."""
    batch = grouped(parsed(posted.body))
    return tuple(_told(said) for each in batch for said in _enclosed(required(each)))


def _enclosed(each: Table) -> Iterator[Table]:
    for name, said in table(each.get("msys")).items():
        if name in INBOUND:
            raise Invalid("mail that came in, not an event")
        yield required(said)


def _told(said: Table) -> Told:
    event = EVENTS.get(text(said.get("type")), Event.UNKNOWN)
    number = text(said.get("bounce_class"))
    found = CLASSES.get(number, UNDETERMINED) if number else None
    response = first(said, "raw_reason", "reason")
    metadata = {**table(said.get("msg_meta")), **table(said.get("rcpt_meta"))}
    return Told(
        (found and found.event) or event,
        recipient=first(said, "raw_rcpt_to", "rcpt_to"),
        refusal=found.refusal if found else None,
        at=epoch(said.get("timestamp")),
        message_id=text(said.get("transmission_id")),
        event_id=text(said.get("event_id")),
        reason=_reason(found, response),
        response=response,
        is_permanent=found.is_permanent if found else None,
        feedback_type=text(said.get("fbtype")),
        return_path=text(said.get("msg_from")),
        references=references(metadata),
    )


def _reason(found: Class | None, response: str) -> Reason | None:
    if SUPPRESSED in response:
        return Reason.SUSPEND
    return found.reason if found and found.reason is not Reason.UNDEFINED else None
