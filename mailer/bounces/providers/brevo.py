"""Brevo's transactional webhooks (Sendinblue before).

https://developers.brevo.com/docs/transactional-webhooks
"""

from dataclasses import dataclass

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
from mailer.errors import Invalid
from mailer.mail.returned import Reason


@dataclass(frozen=True)
class Meaning:
    """What one word of theirs means."""

    event: Event
    refusal: Refusal | None = None
    reason: Reason | None = None
    is_permanent: bool | None = None


OPENED, LEFT = Meaning(Event.OPENED), Meaning(Event.UNSUBSCRIBED)
COMPLAINED = Meaning(Event.COMPLAINED, Refusal.SPAM)
EVENTS = {
    "request": Meaning(Event.QUEUED),
    "sent": Meaning(Event.QUEUED),
    "delivered": Meaning(Event.DELIVERED),
    "deferred": Meaning(Event.DEFERRED, is_permanent=False),
    "hard_bounce": Meaning(Event.BOUNCED, Refusal.BOUNCED, is_permanent=True),
    "soft_bounce": Meaning(Event.BOUNCED, Refusal.BOUNCED, is_permanent=False),
    "invalid_email": Meaning(Event.BOUNCED, Refusal.INVALID, is_permanent=True),
    # On a list of the service's, for whatever reason.
    "blocked": Meaning(Event.REJECTED, Refusal.BLOCKED, Reason.SUSPEND),
    "error": Meaning(Event.FAILED),
    "spam": COMPLAINED,
    "complaint": COMPLAINED,
    "unsubscribe": LEFT,
    "unsubscribed": LEFT,
    "click": Meaning(Event.CLICKED),
    "opened": OPENED,
    "unique_opened": OPENED,
    "proxy_open": OPENED,
    "unique_proxy_open": OPENED,
    "list_addition": Meaning(Event.SUBSCRIBED),
}
UNKNOWN = Meaning(Event.UNKNOWN)
MILLISECONDS = 1000


def events(posted: Posted) -> tuple[Told, ...]:
    """What the request tells, an event or a batch; raises Invalid for a mail that came in."""
    return tuple(_told(required(each)) for each in grouped(parsed(posted.body)))


def _told(said: Table) -> Told:
    if "items" in said:
        raise Invalid("mail that came in, not an event")
    meaning = EVENTS.get(text(said.get("event")), UNKNOWN)
    message_id = text(said.get("message-id"))
    return Told(
        meaning.event,
        recipient=text(said.get("email")),
        refusal=meaning.refusal,
        # `ts`, `ts_event` and `date` follow the clock of the account, whatever that is.
        at=epoch(said.get("ts_epoch"), MILLISECONDS),
        message_id=message_id,
        reason=meaning.reason,
        response=text(said.get("reason")),
        is_permanent=meaning.is_permanent,
        references=(*references(table(nested(said.get("X-Mailin-custom")))), message_id),
    )
