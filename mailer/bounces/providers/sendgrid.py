"""Twilio SendGrid's Event Webhook.

https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event
"""

from mailer.bounces.providers.reading import (
    Table,
    epoch,
    first,
    grouped,
    parsed,
    references,
    required,
    text,
)
from mailer.bounces.providers.told import Event, Posted, Refusal, Told
from mailer.mail.returned import Reason

EVENTS = {
    "processed": Event.QUEUED,
    "dropped": Event.REJECTED,
    "delivered": Event.DELIVERED,
    "deferred": Event.DEFERRED,
    "bounce": Event.BOUNCED,
    "open": Event.OPENED,
    "click": Event.CLICKED,
    "spamreport": Event.COMPLAINED,
    "unsubscribe": Event.UNSUBSCRIBED,
    "group_unsubscribe": Event.UNSUBSCRIBED,
    "group_resubscribe": Event.SUBSCRIBED,
}
COMPLAINED_BEFORE = "spam reporting address"
# The types and the reasons of "dropped", in small letters.
DROPPED = {
    "bounce": Refusal.BOUNCED,
    "blocked": Refusal.BLOCKED,
    "expired": Refusal.TIMED_OUT,
    "invalid": Refusal.INVALID,
    "bounced address": Refusal.BOUNCED,
    "unsubscribed address": Refusal.UNSUBSCRIBED,
    COMPLAINED_BEFORE: Refusal.SPAM,
    "spam content": Refusal.BLOCKED,
}
# bounce_classification, in small letters; what is not here ("mailbox unavailable" is full, closed
# or gone) is told by the status code.
CLASSES = {
    "invalid address": Reason.USER_UNKNOWN,
    "content": Reason.CONTENT_ERROR,
    "reputation": Reason.BAD_REPUTATION,
    "technical": Reason.SYSTEM_ERROR,
    "frequency/volume too high": Reason.SPEEDING,
}
# The type of a bounce: "blocked" is of this mail only, the address stays good.
PERMANENT = {"bounce": True, "blocked": False}


def events(posted: Posted) -> tuple[Told, ...]:
    """What each object of the list tells."""
    return tuple(_told(required(each)) for each in grouped(parsed(posted.body)))


def _told(said: Table) -> Told:
    event = EVENTS.get(text(said.get("event")), Event.UNKNOWN)
    ours, sent_as = references(said), text(said.get("smtp-id"))
    answer = first(said, "response", "reason")
    is_dropped = event is Event.REJECTED
    return Told(
        event,
        recipient=text(said.get("email")),
        refusal=_refusal(said) if is_dropped else None,
        at=epoch(said.get("timestamp")),
        message_id=(*ours, sent_as)[0],
        event_id=text(said.get("sg_event_id")),
        reason=_reason(event, said),
        status=text(said.get("status")),
        response="" if is_dropped else answer,
        is_permanent=PERMANENT.get(text(said.get("type"))) if event is Event.BOUNCED else None,
        references=(*ours, sent_as),
    )


def _refusal(said: Table) -> Refusal:
    words = (text(said.get(name)).lower() for name in ("type", "reason"))
    return next((DROPPED[word] for word in words if word in DROPPED), Refusal.OTHER)


def _reason(event: Event, said: Table) -> Reason | None:
    if event is Event.BOUNCED and text(said.get("type")) == "blocked":
        return Reason.BLOCKED
    if event is Event.REJECTED and text(said.get("reason")).lower() == COMPLAINED_BEFORE:
        return Reason.FEEDBACK
    return CLASSES.get(text(said.get("bounce_classification")).lower())
