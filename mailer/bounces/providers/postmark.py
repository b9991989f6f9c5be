"""Postmark's modular webhooks.

https://postmarkapp.com/developer/webhooks/webhooks-overview
"""

from dataclasses import dataclass

from mailer.bounces.providers.reading import (
    Table,
    first,
    instant,
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


UNKNOWN = Meaning(Event.UNKNOWN)
LEFT = Meaning(Event.UNSUBSCRIBED, Refusal.UNSUBSCRIBED)
COMPLAINED = Meaning(Event.COMPLAINED, Refusal.SPAM)
AUTOMATIC = Meaning(Event.AUTORESPONDED)
# https://postmarkapp.com/developer/api/bounce-api#bounce-types
BOUNCES = {
    "HardBounce": Meaning(Event.BOUNCED, Refusal.BOUNCED, is_permanent=True),
    "SoftBounce": Meaning(Event.BOUNCED, Refusal.BOUNCED, is_permanent=False),
    "Transient": Meaning(Event.DEFERRED, is_permanent=False),
    "DnsError": Meaning(Event.DEFERRED, reason=Reason.NETWORK_ERROR, is_permanent=False),
    "OpenRelayTest": Meaning(Event.DEFERRED, is_permanent=False),
    "Unknown": UNKNOWN,
    "Unsubscribe": LEFT,
    "Subscribe": Meaning(Event.SUBSCRIBED),
    "AutoResponder": AUTOMATIC,
    "AddressChange": AUTOMATIC,
    "ChallengeVerification": AUTOMATIC,
    "SpamNotification": COMPLAINED,
    "SpamComplaint": COMPLAINED,
    "VirusNotification": Meaning(Event.BOUNCED, Refusal.OTHER, Reason.VIRUS_DETECTED),
    "BadEmailAddress": Meaning(Event.REJECTED, Refusal.INVALID, is_permanent=True),
    "ManuallyDeactivated": Meaning(Event.REJECTED, Refusal.BLOCKED, Reason.SUSPEND),
    "Unconfirmed": Meaning(Event.REJECTED),
    "Blocked": Meaning(Event.REJECTED, Refusal.BLOCKED, Reason.BLOCKED),
    "DMARCPolicy": Meaning(Event.REJECTED, Refusal.BLOCKED, Reason.AUTH_FAILURE),
    "SMTPApiError": Meaning(Event.FAILED),
    "InboundError": Meaning(Event.FAILED),
    "TemplateRenderingFailed": Meaning(Event.FAILED),
}
# SuppressionReason of a SubscriptionChange, once SuppressSending is true. A bounce or a complaint
# is told by a record of its own as well; what was decided by hand is told here alone.
SUPPRESSIONS = {
    "HardBounce": BOUNCES["HardBounce"],
    "SpamComplaint": COMPLAINED,
    "ManualSuppression": LEFT,
}
RECORDS = {
    "Delivery": Meaning(Event.DELIVERED),
    "Open": Meaning(Event.OPENED),
    "Click": Meaning(Event.CLICKED),
    "SpamComplaint": COMPLAINED,
}


def events(posted: Posted) -> tuple[Told, ...]:
    """What the record tells; raises Invalid for a mail that came in."""
    said = required(parsed(posted.body))
    if text(said.get("RecordType")) == "Inbound" or "FromFull" in said:
        raise Invalid("mail that came in, not an event")
    meaning = _meaning(said)
    mail_id = text(said.get("MessageID"))
    return (
        Told(
            meaning.event,
            recipient=first(said, "Email", "Recipient"),
            refusal=meaning.refusal,
            at=instant(first(said, "DeliveredAt", "BouncedAt", "ReceivedAt", "ChangedAt")),
            message_id=mail_id,
            event_id=text(said.get("ID")),
            reason=meaning.reason,
            response=text(said.get("Details")),
            is_permanent=meaning.is_permanent,
            references=(*references(table(said.get("Metadata"))), mail_id),
        ),
    )


def _meaning(said: Table) -> Meaning:
    record = text(said.get("RecordType"))
    if record == "Bounce":
        return BOUNCES.get(text(said.get("Type")), Meaning(Event.BOUNCED))
    if record == "SubscriptionChange":
        return _change(said)
    return RECORDS.get(record, UNKNOWN)


def _change(said: Table) -> Meaning:
    if said.get("SuppressSending") is False:
        return BOUNCES["Subscribe"]
    return SUPPRESSIONS.get(text(said.get("SuppressionReason")), Meaning(Event.UNSUBSCRIBED))
