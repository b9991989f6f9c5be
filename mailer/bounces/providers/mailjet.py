"""Mailjet's Event API.

https://dev.mailjet.com/email/guides/webhooks/
"""

from mailer.bounces.providers.reading import (
    Table,
    epoch,
    grouped,
    nested,
    parsed,
    references,
    required,
    table,
    text,
)
from mailer.bounces.providers.told import Event, Posted, Refusal, Told
from mailer.mail.returned import Reason

EVENTS = {
    "sent": Event.DELIVERED,
    "bounce": Event.BOUNCED,
    "blocked": Event.REJECTED,
    "spam": Event.COMPLAINED,
    "unsub": Event.UNSUBSCRIBED,
    "open": Event.OPENED,
    "click": Event.CLICKED,
}
# They try again after it, whatever the event is called.
GREYLISTED = "greylisted"
# The table of `error`, whatever it is related to.
ERRORS = {
    # recipient
    "user unknown": (Refusal.BOUNCED, Reason.USER_UNKNOWN),
    "mailbox inactive": (Refusal.BOUNCED, Reason.SUSPEND),
    "quota exceeded": (Refusal.BOUNCED, Reason.MAILBOX_FULL),
    "blacklisted": (Refusal.BLOCKED, Reason.SUSPEND),
    "spam reporter": (Refusal.SPAM, Reason.FEEDBACK),
    # domain
    "invalid domain": (Refusal.BOUNCED, Reason.HOST_UNKNOWN),
    "no mail host": (Refusal.BOUNCED, Reason.HOST_UNKNOWN),
    "relay/access denied": (Refusal.BOUNCED, Reason.NO_RELAYING),
    GREYLISTED: (Refusal.OTHER, Reason.EXPIRED),
    "typofix": (Refusal.INVALID, Reason.USER_UNKNOWN),
    # content
    "bad or empty template": (Refusal.OTHER, Reason.CONTENT_ERROR),
    "error in template language": (Refusal.OTHER, Reason.CONTENT_ERROR),
    # spam
    "sender blocked": (Refusal.BLOCKED, Reason.BLOCKED),
    "content blocked": (Refusal.BLOCKED, Reason.SPAM_DETECTED),
    "policy issue": (Refusal.BLOCKED, Reason.POLICY_VIOLATION),
    # system
    "system issue": (Refusal.OTHER, Reason.SYSTEM_ERROR),
    "protocol issue": (Refusal.OTHER, Reason.MAILER_ERROR),
    "connection issue": (Refusal.OTHER, Reason.NETWORK_ERROR),
    # mailjet
    "preblocked": (Refusal.BLOCKED, Reason.SUSPEND),
    "duplicate in campaign": (Refusal.OTHER, Reason.UNDEFINED),
}
UNKNOWN = Refusal.OTHER, None


def events(posted: Posted) -> tuple[Told, ...]:
    """What the request tells, of one event or of a group."""
    return tuple(_told(required(each)) for each in grouped(parsed(posted.body)))


def _told(said: Table) -> Told:
    error = text(said.get("error")).lower()
    refusal, reason = ERRORS.get(error, UNKNOWN) if "error" in said else (None, None)
    hard = said.get("hard_bounce")
    event = EVENTS.get(text(said.get("event")), Event.UNKNOWN)
    if error == GREYLISTED and hard is not True:
        event = Event.DEFERRED
    custom = text(said.get("CustomID"))
    return Told(
        event,
        recipient=text(said.get("email")),
        refusal=refusal,
        at=epoch(said.get("time")),
        message_id=text(said.get("MessageID")),
        reason=reason,
        response=text(said.get("smtp_reply")) or text(said.get("comment")),
        is_permanent=hard if event is Event.BOUNCED and isinstance(hard, bool) else None,
        references=(*references(table(nested(said.get("Payload")))), *filter(None, (custom,))),
    )
