"""Letters move to another mailbox once both have said yes; a third party can take neither over."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from mailer import addresses
from mailer.abuse import allowance
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.measurement import answer_tracking, answers_of
from mailer.consent.queries import is_sendable, last_yes
from mailer.consent.states import ALL_LISTS
from mailer.consent.subjects import fingerprint_of
from mailer.consent.tracking import Answers, What
from mailer.db import db
from mailer.errors import Conflict, Invalid, NotFound
from mailer.mail import outbox
from mailer.subscriptions import mailbox_emails, personal_data, queries
from mailer.subscriptions.mailbox_emails import OLD
from mailer.subscriptions.models import AddressChange, Subscriber, Subscription
from mailer.subscriptions.states import State
from mailer.tokens import CHANGE_ADDRESS

# Each writes to the mailbox on file, beside the ceilings that all mails have.
A_DAY = 3
DAY = timedelta(days=1)


def ask(person: Subscriber, address: Address, at: datetime) -> AddressChange:
    """Write to both mailboxes, and give the question put to them.

    Raises Conflict when it was asked too often today. Whoever asks reads the same whether or not
    the other mailbox is known to us.
    """
    if _asked_since(person, at - DAY) >= A_DAY:
        raise Conflict("too many")
    change = AddressChange(
        subscriber=person, address=address.display, fingerprint=fingerprint_of(address), asked_at=at
    )
    db.session.add(change)
    db.session.flush()
    origin = f"address_change:{change.id}"
    outbox.put(mailbox_emails.leave_mailbox(change), origin)
    if allowance.may_write(change.fingerprint, change.address, at):
        is_taken = _is_taken(change.fingerprint)
        write = mailbox_emails.taken if is_taken else mailbox_emails.take_mailbox
        outbox.put(write(change), origin)
    record("subject", "ask-address-change", f"subscriber:{person.id}")
    return change


def find(token: str) -> tuple[AddressChange, str]:
    """The change, and which mailbox the link was sent to.

    Raises Expired when its time is over, Conflict when a later one took its place.
    """
    match CHANGE_ADDRESS.read(token):
        case [int(number), str(side)]:
            change = db.session.get(AddressChange, number)
        case _:
            raise Invalid(CHANGE_ADDRESS.salt)
    if change is None:
        raise NotFound("address change")
    if change.done_at is None and _newest(change) != change.id:
        raise Conflict("superseded")
    return change, side


def agree(token: str, evidence: Evidence, at: datetime) -> AddressChange:
    """Note the yes of one mailbox; with the second the letters move. A second press is harmless."""
    change, side = find(token)
    queries.hold(Subscriber.id == change.subscriber_id)
    db.session.refresh(change)
    if side == OLD:
        change.old_said_yes_at = change.old_said_yes_at or at
    else:
        change.new_said_yes_at = change.new_said_yes_at or at
        allowance.answered(change.fingerprint)
    if change.old_said_yes_at and change.new_said_yes_at and change.done_at is None:
        _move(change, replace(evidence, origin=f"address_change:{change.id}"), at)
    db.session.flush()
    return change


def _move(change: AddressChange, evidence: Evidence, at: datetime) -> None:
    if _is_taken(change.fingerprint):
        raise Conflict("address")
    person = change.subscriber
    old_address, old = person.address, person.fingerprint
    answers = answers_of(old)
    lines = [
        line for line in queries.of_subscriber(person.id).values() if line.state == State.ACTIVE
    ]
    proofs = [_proof(line, old, evidence) for line in lines]
    _take_leave(old, lines, evidence)
    personal_data.rectify(old, addresses.parse(change.address), change.fingerprint)
    _carry_over(change.fingerprint, zip(lines, proofs, strict=True))
    _carry_answers(change.fingerprint, answers, evidence)
    change.done_at = at
    record("subject", "change-address", f"subscriber:{person.id}")
    outbox.put(mailbox_emails.moved(old_address, change), f"address_change:{change.id}")


def _proof(line: Subscription, old: str, evidence: Evidence) -> Evidence:
    """What was shown when the person said yes goes with the letters."""
    shown = last_yes(old, line.mailing_list.purpose)
    proof = replace(evidence, notice_sha256=shown.notice_sha256, form_sha256=shown.form_sha256)
    return replace(proof, method=Method.PREFERENCE_PAGE)


def _take_leave(old: str, lines: Iterable[Subscription], evidence: Evidence) -> None:
    """The mailbox that is left is no more one that said yes."""
    consent.record(old, ALL_LISTS, Kind.RECTIFIED, evidence)
    for line in lines:
        consent.record(old, line.mailing_list.purpose, Kind.WITHDRAWN, evidence)


def _carry_over(new: str, proven: Iterable[tuple[Subscription, Evidence]]) -> None:
    for line, proof in proven:
        line.consent_id = consent.record(new, line.mailing_list.purpose, Kind.CONFIRMED, proof).id


def _carry_answers(new: str, answers: Answers, evidence: Evidence) -> None:
    consent.record(new, ALL_LISTS, Kind.RECTIFIED, evidence)
    for what, answer in ((What.OPENS, answers.opens), (What.CLICKS, answers.clicks)):
        answer_tracking(new, what, answer, evidence)


def _is_taken(fingerprint: str) -> bool:
    """Whether the mailbox is somebody's, or has asked for silence: nothing is put onto it."""
    known = exists().where(Subscriber.fingerprint == fingerprint)
    return bool(db.session.scalar(select(known))) or not is_sendable(fingerprint)


def _asked_since(person: Subscriber, since: datetime) -> int:
    found = select(func.count()).where(
        AddressChange.subscriber_id == person.id, AddressChange.asked_at > since
    )
    return db.session.scalar(found) or 0


def _newest(change: AddressChange) -> int | None:
    return db.session.scalar(
        select(func.max(AddressChange.id)).where(
            AddressChange.subscriber_id == change.subscriber_id
        )
    )
