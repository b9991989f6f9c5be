"""Mailgun: JSON webhooks, and the older ones that post a form.

https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhooks
"""

from collections.abc import Mapping
from email.utils import parseaddr

from mailer.bounces.providers.reading import (
    Table,
    epoch,
    field_of,
    first,
    nested,
    parsed,
    references,
    required,
    rows,
    table,
    text,
)
from mailer.bounces.providers.told import Event, Posted, Refusal, Told
from mailer.errors import Invalid
from mailer.mail.returned import Reason

EVENTS = {
    "accepted": Event.QUEUED,
    "rejected": Event.REJECTED,
    "delivered": Event.DELIVERED,
    "failed": Event.BOUNCED,
    "opened": Event.OPENED,
    "clicked": Event.CLICKED,
    "unsubscribed": Event.UNSUBSCRIBED,
    "complained": Event.COMPLAINED,
}
FAILED = {"temporary": Event.DEFERRED, "permanent": Event.BOUNCED}
# `reason` of a failure. What is not here is one of the many that say nothing of the address.
REFUSALS = {
    "bounce": Refusal.BOUNCED,
    "suppress-bounce": Refusal.BOUNCED,
    "suppress-complaint": Refusal.SPAM,
    "suppress-unsubscribe": Refusal.UNSUBSCRIBED,
    "espblock": Refusal.BLOCKED,
    "old": Refusal.TIMED_OUT,
}
REASONS = {
    "suppress-bounce": Reason.SUSPEND,
    "suppress-complaint": Reason.FEEDBACK,
    "espblock": Reason.BLOCKED,
    "greylisted": Reason.EXPIRED,
    "old": Reason.EXPIRED,
}

OLD_EVENTS = EVENTS | {"dropped": Event.REJECTED, "bounced": Event.BOUNCED}
# Codes above those of SMTP are of the service, which had the address on a list of its own.
OLD_CODES = {
    "499": Refusal.TIMED_OUT,
    "605": Refusal.BOUNCED,
    "606": Refusal.UNSUBSCRIBED,
    "607": Refusal.SPAM,
}
OLD_REASONS = {"499": Reason.EXPIRED, "605": Reason.SUSPEND, "607": Reason.FEEDBACK}
SMTP_FAILURES = ("4", "5")


def events(posted: Posted) -> tuple[Told, ...]:
    """What the request tells; raises Invalid for a mail that came in."""
    if posted.form:
        return (_old(posted.form),)
    request = required(parsed(posted.body))
    return (_told(required(request.get("event-data")), table(request.get("signature"))),)


def _told(said: Table, signature: Table) -> Told:
    event = _event(said)
    delivery, headers = table(said.get("delivery-status")), _headers(said)
    cause, reject = text(said.get("reason")), table(said.get("reject"))
    return Told(
        event,
        recipient=text(said.get("recipient")) or parseaddr(text(headers.get("to")))[1],
        refusal=_refusal(event, cause),
        at=epoch(said.get("timestamp")),
        message_id=_bracketed(text(headers.get("message-id"))),
        # It is good for one request alone: with the number of the event instead, whoever has seen
        # one signature could sign other events with it.
        event_id=text(signature.get("token")),
        reason=REASONS.get(cause),
        status=text(delivery.get("enhanced-code")),
        response=first(delivery, "message", "description") or text(reject.get("reason")),
        is_permanent={Event.BOUNCED: True, Event.DEFERRED: False}.get(event),
        return_path=text(table(said.get("envelope")).get("sender")),
        references=(
            *references(table(said.get("user-variables"))),
            text(headers.get("message-id")),
        ),
    )


def _refusal(event: Event, cause: str) -> Refusal | None:
    """What kept the mail back; the events of what did arrive have no cause."""
    if cause:
        return REFUSALS.get(cause, Refusal.OTHER)
    return Refusal.OTHER if event is Event.REJECTED else None


def _event(said: Table) -> Event:
    event = EVENTS.get(text(said.get("event")), Event.UNKNOWN)
    return FAILED.get(text(said.get("severity")), event) if event is Event.BOUNCED else event


def _headers(said: Table) -> Table:
    return table(table(said.get("message")).get("headers"))


def _bracketed(message_id: str) -> str:
    return f"<{message_id.strip('<>')}>" if message_id else ""


def _old(form: Mapping[str, str]) -> Told:
    if "event" not in form:
        raise Invalid("mail that came in, not an event")
    event = OLD_EVENTS.get(form["event"], Event.UNKNOWN)
    code = form.get("code", "") if event in {Event.REJECTED, Event.BOUNCED} else ""
    message_id = form.get("Message-Id") or form.get("message-id", "")
    headers = rows(nested(form.get("message-headers")))
    return Told(
        event,
        recipient=text(form.get("recipient")),
        refusal=_old_refusal(code),
        at=epoch(form.get("timestamp")),
        message_id=_bracketed(text(message_id)),
        event_id=text(form.get("token")),
        reason=OLD_REASONS.get(code),
        response=text(form.get("error") or form.get("description")),
        is_permanent=True if event is Event.BOUNCED else None,
        references=(
            *references(form),
            *references(table(nested(field_of(headers, "x-mailgun-variables")))),
            text(message_id),
        ),
    )


def _old_refusal(code: str) -> Refusal | None:
    if not code:
        return None
    return OLD_CODES.get(code, Refusal.BOUNCED if code.startswith(SMTP_FAILURES) else Refusal.OTHER)
