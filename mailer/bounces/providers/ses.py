"""Amazon SES, whose events come in notifications of Amazon SNS.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mailer.bounces.providers.reading import (
    Table,
    field_of,
    instant,
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

NOTIFICATION = "Notification"
# What SES says first on a new topic, in plain words.
VALIDATED = "Successfully validated SNS topic"
ABOUT_SUBSCRIPTIONS = frozenset({"SubscriptionConfirmation", "UnsubscribeConfirmation"})

# bounceType and bounceSubType. A permanent bounce in general says no more than its status code.
BOUNCES: dict[tuple[str, str], Reason | None] = {
    ("Permanent", "NoEmail"): Reason.USER_UNKNOWN,
    # The service keeps lists of its own, from what others sent too.
    ("Permanent", "Suppressed"): Reason.SUSPEND,
    ("Permanent", "OnAccountSuppressionList"): Reason.SUSPEND,
    ("Transient", "MailboxFull"): Reason.MAILBOX_FULL,
    ("Transient", "MessageTooLarge"): Reason.MESSAGE_TOO_BIG,
    ("Transient", "ContentRejected"): Reason.CONTENT_ERROR,
    ("Transient", "AttachmentRejected"): Reason.CONTENT_ERROR,
    ("Transient", "CustomTimeoutExceeded"): Reason.EXPIRED,
}
# They left by a link of the service.
LEFT = ("Permanent", "UnsubscribedRecipient")
PERMANENT = {"Permanent": True, "Transient": False}
DELAYS = {
    "MailboxFull": Reason.MAILBOX_FULL,
    "SpamDetected": Reason.SPAM_DETECTED,
    "RecipientServerError": Reason.SYSTEM_ERROR,
    "IPFailure": Reason.BLOCKED,
    "TransientCommunicationFailure": Reason.NETWORK_ERROR,
    "InternalFailure": Reason.SYSTEM_ERROR,
}


@dataclass(frozen=True)
class Reading:
    """Where an event says whom it is about, and how it is read."""

    of: str
    recipients: str
    read: Callable[[Table, Table], Told]


def events(posted: Posted) -> tuple[Told, ...]:
    """What the notification tells; a confirmation of SNS tells nothing.

    Raises Invalid for what has no envelope of SNS ("raw message delivery"), which nobody signs.
    """
    envelope = required(parsed(posted.body))
    kind = text(envelope.get("Type"))
    if kind in ABOUT_SUBSCRIPTIONS:
        return ()
    if kind != NOTIFICATION:
        raise Invalid("no message of SNS")
    message = text(envelope.get("Message"))
    if message.startswith(VALIDATED):
        return ()
    said = required(parsed(message.encode()))
    return _events(said, envelope) if said else ()


def _events(said: Table, envelope: Table) -> tuple[Told, ...]:
    name = text(said.get("eventType")) or text(said.get("notificationType"))
    if name == "Received":
        raise Invalid("mail that came in, not an event")
    reading = READINGS.get(name, UNKNOWN)
    about = table(said.get(reading.of))
    mail = table(said.get("mail"))
    people = rows(about.get(reading.recipients)) or rows(mail.get("destination"))
    return tuple(
        replace(
            reading.read(about, table(person)),
            recipient=text(table(person).get("emailAddress")) or text(person),
            at=instant(envelope.get("Timestamp")),
            message_id=text(mail.get("messageId")),
            event_id=text(envelope.get("MessageId")),
            return_path=text(mail.get("source")),
            references=_references(mail),
        )
        for person in people
    )


def _references(mail: Table) -> tuple[str, ...]:
    common = text(table(mail.get("commonHeaders")).get("messageId"))
    original = field_of(rows(mail.get("headers")), "message-id")
    tags = {name: (*rows(values), "")[0] for name, values in table(mail.get("tags")).items()}
    return (*filter(None, (original, common)), *references(tags))


def _bounce(about: Table, person: Table) -> Told:
    kind = text(about.get("bounceType")), text(about.get("bounceSubType"))
    return Told(
        Event.BOUNCED,
        refusal=Refusal.UNSUBSCRIBED if kind == LEFT else Refusal.BOUNCED,
        reason=BOUNCES.get(kind),
        status=text(person.get("status")),
        response=text(person.get("diagnosticCode")),
        is_permanent=PERMANENT.get(kind[0]),
    )


def _complaint(about: Table, _person: Table) -> Told:
    feedback = text(about.get("complaintFeedbackType"))
    return Told(Event.COMPLAINED, refusal=Refusal.SPAM, feedback_type=feedback)


def _delivery(about: Table, _person: Table) -> Told:
    return Told(Event.DELIVERED, response=text(about.get("smtpResponse")))


def _delay(about: Table, person: Table) -> Told:
    return Told(
        Event.DEFERRED,
        reason=DELAYS.get(text(about.get("delayType"))),
        status=text(person.get("status")),
        response=text(person.get("diagnosticCode")),
        is_permanent=False,
    )


def _rejection(about: Table, _person: Table) -> Told:
    # The only reason there is: "Bad content", a virus.
    return Told(
        Event.REJECTED,
        refusal=Refusal.BLOCKED,
        reason=Reason.VIRUS_DETECTED,
        response=text(about.get("reason")),
    )


def _failure(about: Table, _person: Table) -> Told:
    return Told(Event.FAILED, response=text(about.get("errorMessage")))


def _preference(about: Table, _person: Table) -> Told:
    has_left = table(about.get("newTopicPreferences")).get("unsubscribeAll") is True
    return Told(Event.UNSUBSCRIBED if has_left else Event.UNKNOWN)


def _plain(event: Event) -> Callable[[Table, Table], Told]:
    return lambda _about, _person: Told(event)


UNKNOWN = Reading("", "", _plain(Event.UNKNOWN))
READINGS = {
    "Bounce": Reading("bounce", "bouncedRecipients", _bounce),
    "Complaint": Reading("complaint", "complainedRecipients", _complaint),
    "Delivery": Reading("delivery", "recipients", _delivery),
    "DeliveryDelay": Reading("deliveryDelay", "delayedRecipients", _delay),
    "Reject": Reading("reject", "", _rejection),
    "Rendering Failure": Reading("failure", "", _failure),
    "Subscription": Reading("subscription", "", _preference),
    "Send": Reading("send", "", _plain(Event.SENT)),
    "Open": Reading("open", "", _plain(Event.OPENED)),
    "Click": Reading("click", "", _plain(Event.CLICKED)),
}
