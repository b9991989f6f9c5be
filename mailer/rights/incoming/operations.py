"""A mail is taken in, accepted as a request, or set aside. What it says of its sender is no proof.

bytes | read, sealed, known again | draft, or message of an open case, or aside with its reason
"""

from datetime import datetime

from flask import current_app

from mailer import addresses, rulebook
from mailer.audit.operations import record
from mailer.clock import paris_day
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import Invalid, NotFound
from mailer.mail.imap import Arrived
from mailer.rights import operations as requests
from mailer.rights import vault
from mailer.rights.incoming import mail, queries, recognising
from mailer.rights.incoming.mail import Mail
from mailer.rights.incoming.models import IncomingMail
from mailer.rights.incoming.states import Event, State, after
from mailer.rights.models import RightsRequest
from mailer.rights.operations import Intake
from mailer.rights.states import OPEN

JOB = "job:read-mailboxes"


def take_in(arrived: Arrived, mailbox: str, at: datetime) -> IncomingMail | None:
    """Keep the mail as what it is; None for one that was taken in before.

    It moves nothing of a case that it answers: neither who is known, nor where to write, nor where
    the case stands, for anyone can write any name and any reference.
    """
    found = _read(arrived, mailbox)
    if queries.is_known(found.digest):
        return None
    row = _draft(found, arrived, mailbox, at)
    if found.ignored:
        row.state, row.decided_at, row.decided_by = State.SET_ASIDE, at, JOB
    elif case := queries.answered(found):
        _relate(row, case, at)
    db.session.add(row)
    db.session.flush()
    record(JOB, "take-in", subject(row))
    return row


def _read(arrived: Arrived, mailbox: str) -> Mail:
    if not arrived.content:
        return mail.unread(b"", f"{mailbox} {arrived.uid} {arrived.at.isoformat()}")
    try:
        return mail.read(arrived.content, _own())
    except mail.Unreadable:
        return mail.unread(arrived.content, "")


def _own() -> frozenset[str]:
    """The addresses that our own mails come from."""
    ours = (current_app.config["SENDER_ADDRESS"], current_app.config["DPO_ADDRESS"])
    return frozenset(addresses.parse(each).normalised for each in ours)


def _draft(found: Mail, arrived: Arrived, mailbox: str, at: datetime) -> IncomingMail:
    return IncomingMail(
        digest=found.digest,
        message_id=found.message_id,
        mailbox=mailbox,
        received_at=arrived.at,
        taken_in_at=at,
        sender=found.sender,
        fingerprint=fingerprint_of(addresses.parse(found.sender)) if found.sender else "",
        subject=found.subject,
        text=found.text,
        quoted=found.quoted,
        suggested=[each.right.value for each in suggestions(found.subject, found.text)],
        file=vault.put(arrived.content) if arrived.content else "",
        is_whole=arrived.is_whole,
        ignored=found.ignored,
        state=State.WAITING,
    )


def suggestions(title: str, text: str) -> tuple[recognising.Suggestion, ...]:
    """The rights that a mail seems to exercise."""
    return recognising.recognise(f"{title}\n{text}", rulebook.load())


def _relate(row: IncomingMail, case: RightsRequest, at: datetime) -> None:
    """Attach the mail to an open case; of a closed one, which never changes, it stays a draft."""
    row.related_to = case.reference
    if case.state in OPEN:
        row.state, row.decided_at, row.decided_by = State.ATTACHED, at, JOB
        _file_under(row, case, sender=row.sender if _is_theirs(row, case) else "")
        record(JOB, "attach-mail", requests.subject(case))


def _is_theirs(row: IncomingMail, case: RightsRequest) -> bool:
    return row.fingerprint == case.fingerprint


def _file_under(row: IncomingMail, case: RightsRequest, sender: str) -> None:
    """The mail is of the case's person now; another's address is never taken for theirs."""
    row.request_id, row.fingerprint, row.sender = case.id, case.fingerprint, sender


def accept(row: IncomingMail, intake: Intake, actor: str, at: datetime) -> RightsRequest:
    """Open the case that the mail asks for. Its clock has run since the mail reached the mailbox.

    Raises Invalid for a day of receipt after that one, Conflict when the mail is a case already.
    """
    became = after(row.state, Event.ACCEPT)
    if intake.received_on > paris_day(row.received_at):
        raise Invalid("received_on")
    case = requests.receive(intake, actor, at)
    case.related_to = row.related_to
    row.state, row.decided_at, row.decided_by, row.reason = became, at, actor, ""
    _file_under(row, case, sender=case.address)
    record(actor, "accept", subject(row), requests.subject(case))
    return case


def set_aside(row: IncomingMail, reason: str, actor: str, at: datetime) -> None:
    """No request: kept some days more with the reason, then gone. Raises Conflict when decided."""
    row.state = after(row.state, Event.SET_ASIDE)
    row.decided_at, row.decided_by, row.reason = at, actor, reason
    record(actor, "set-aside", subject(row))


def see(row: IncomingMail, at: datetime) -> None:
    """Somebody reads it: an answer waits no more."""
    row.seen_at = row.seen_at or at


def opened(row: IncomingMail) -> Mail | None:
    """The sealed mail, read once more; None when it is gone or cannot be read."""
    try:
        return mail.read(vault.get(row.file), _own()) if row.file else None
    except (NotFound, mail.Unreadable):
        return None


def original(row: IncomingMail, actor: str) -> bytes:
    """The mail as it came, for who takes it away; each time is recorded. Raises NotFound."""
    record(actor, "read-original", subject(row))
    return vault.get(row.file)


def subject(row: IncomingMail) -> str:
    """How the audit record names the mail."""
    return f"incoming_mail:{row.id}"
