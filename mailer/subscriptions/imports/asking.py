"""Asking people whom a file brought without proof whether they want the list: once, no pixel."""

from dataclasses import replace
from datetime import datetime

from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.models import NoticeKind
from mailer.consent.notices import NoticeText, in_force
from mailer.consent.queries import is_sendable
from mailer.db import db
from mailer.mail import outbox, retry
from mailer.subscriptions import emails
from mailer.subscriptions.imports import queries
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.models import Confirmation, Subscription
from mailer.subscriptions.states import Event, after

# How the outbox calls a question, before the number of the link that it brings.
ORIGIN = "import_question"
# One transaction writes so many mails.
PEOPLE = 100


def ask_next(at: datetime) -> bool:
    """Write to the next people; whether there were any."""
    lines = queries.next_unproven(PEOPLE)
    shown: dict[str, NoticeText] = {}
    for line in lines:
        language = line.subscriber.language
        if language not in shown:
            shown[language] = in_force(NoticeKind.FULL, language)
            consent.keep_notice(shown[language], at)
        _ask(line, shown[language], at)
    db.session.flush()
    return bool(lines)


def _ask(line: Subscription, shown: NoticeText, at: datetime) -> None:
    """Under the notice of today: it is the one that a yes will rest on."""
    source = queries.of_subscription(line)
    person = line.subscriber
    evidence = Evidence(Method.IMPORT, at, person.language, notice_sha256=shown.sha256)
    event = consent.record(
        person.fingerprint,
        line.mailing_list.purpose,
        Kind.SIGNUP_REQUESTED,
        replace(evidence, origin=source.origin),
        source.actor,
    )
    line.state, line.consent_id, line.requested_at = after(line.state, Event.REQUEST), event.id, at
    if is_sendable(person.fingerprint):
        _write(line, source, at)


def _write(line: Subscription, source: Import, at: datetime) -> None:
    sent = Confirmation(subscriber=line.subscriber, sent_at=at, subscriptions=[line])
    db.session.add(sent)
    db.session.flush()
    message = emails.imported(sent, source.source, source.collected_on)
    sent.message_id = message.message_id
    outbox.put(message, f"{ORIGIN}:{sent.id}", retry.CONFIRMATION_PATIENCE)
    record("job:ask-imported", "ask", f"subscription:{line.id}")
