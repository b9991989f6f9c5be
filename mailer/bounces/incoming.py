"""A mail that came back is taken in: once, whichever way it came, and whatever is in it.

bytes | read, named | events of our mails; or an answer, passed on; or kept until somebody looks
"""

import hashlib
from dataclasses import replace
from datetime import datetime

from flask import current_app
from sqlalchemy import exists, select

from mailer import addresses
from mailer.addresses import Address
from mailer.bounces import answers, forwarding, naming, parse, receiving
from mailer.bounces.answers import Answer
from mailer.bounces.models import ReturnedMail
from mailer.bounces.quarantine import Sort, State
from mailer.consent.subjects import fingerprint_of
from mailer.db import db, hint
from mailer.errors import Invalid
from mailer.mail.imap import Arrived
from mailer.mail.returned import Kind, Returned

# What told us, beside the names of services: a mail, by whichever way.
PROVIDER = "mail"
# The worker, in the audit record and as who decided.
JOB = "job:read-returns"
# The job of rights that takes over those who ask to stop (rights/incoming/jobs.py).
TAKE_OVER = "take-in-objections"
# Kept of a mail in the database; a report is a few thousand bytes long.
MOST_KEPT = 1_000_000


def take(arrived: Arrived, at: datetime, sent_to: str = "") -> None:
    """Keep what the mail tells, in the caller's transaction; a second copy of it adds nothing.

    `sent_to` is the recipient of its envelope, where the way tells it: nobody can have written a
    return-path there that we did not make.
    """
    content = _addressed(arrived.content, sent_to)
    told = parse.read(content)
    if told[0].kind is Kind.REPLY or not _keep(told, at):
        _take_mail(arrived, content, told[0], at)


def _addressed(content: bytes, sent_to: str) -> bytes:
    """The mail with its recipient, as a program that delivers locally writes it on top."""
    safe = sent_to.isascii() and sent_to.isprintable()
    return b"Delivered-To: %s\r\n%s" % (sent_to.encode(), content) if sent_to and safe else content


def _keep(told: list[Returned], at: datetime) -> bool:
    """Keep the events that name a mail of ours or somebody; whether there were any."""
    numbered = [_numbered(each) for each in told]
    named = naming.deliveries(numbered)
    concern = [
        each
        for each, delivery in zip(numbered, named, strict=True)
        if delivery or parsed(each.recipient)
    ]
    receiving.keep(PROVIDER, concern, at, is_proven)
    return bool(concern)


def _numbered(each: Returned) -> Returned:
    """With a number that no mail to another return-path can take from it."""
    said = f"{each.event_id}\n{naming.by_return_path(each.return_path)}"
    return replace(each, event_id=hashlib.sha256(said.encode("utf-8", "replace")).hexdigest())


def is_proven(each: Returned) -> bool:
    """Whether it came to a return-path of our making."""
    return naming.by_return_path(each.return_path) is not None


def _take_mail(arrived: Arrived, content: bytes, told: Returned, at: datetime) -> None:
    """Keep the mail itself, and pass it on when a person answers."""
    found = answers.read(content, _own())
    digest = _digest(found, arrived)
    if db.session.scalar(select(exists().where(ReturnedMail.digest == digest))):
        return
    sender = parsed(found.sender)
    sort = found.sort if sender or found.sort is Sort.PROGRAM else Sort.UNCLEAR
    row = ReturnedMail(
        digest=digest,
        fingerprint=fingerprint_of(sender) if sender else "",
        sender=found.sender,
        subject=found.subject,
        content=content[:MOST_KEPT],
        size=max(arrived.size, len(content)),
        sort=sort,
        delivery_id=naming.deliveries([told])[0],
        is_proven=is_proven(told),
        asks_to_stop=sort is Sort.ANSWER and found.asks_to_stop,
        received_at=arrived.at,
        state=State.WAITING,
    )
    db.session.add(row)
    db.session.flush()
    if row.asks_to_stop:
        hint(TAKE_OVER)
    if sort is Sort.ANSWER:
        forwarding.forward(row, found, JOB, at)
    elif sort is Sort.PROGRAM:
        row.state, row.decided_at, row.decided_by = State.SET_ASIDE, at, JOB


def _own() -> frozenset[str]:
    """The addresses that our own mails come from."""
    ours = (current_app.config["SENDER_ADDRESS"], current_app.config["DPO_ADDRESS"])
    return frozenset(addresses.parse(each).normalised for each in ours)


def _digest(found: Answer, arrived: Arrived) -> str:
    """Of what the mail says, and not of how it came; one without content is like no other."""
    if not arrived.content:
        said = f"{arrived.uid} {arrived.at.isoformat()}"
    else:
        said = f"{found.message_id}\n{found.sender}\n{found.subject}\n{found.text}"
    # What bears no name is only the same when every byte is.
    named = b"" if found.message_id else arrived.content
    return hashlib.sha256(said.encode("utf-8", "replace") + named).hexdigest()


def parsed(written: str) -> Address | None:
    """The address that the mail names; None when it is none."""
    try:
        return addresses.parse(written)
    except Invalid:
        return None
