"""A person asks for lists, confirms from the mailbox, leaves, comes back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import bindparam, text

from mailer import addresses
from mailer.abuse import allowance
from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent import subject_keys
from mailer.consent.evidence import Evidence, Kind, Method
from mailer.consent.measurement import answer_tracking
from mailer.consent.queries import is_sendable, last_yes
from mailer.consent.subjects import fingerprint_of
from mailer.consent.tracking import Answer, What
from mailer.db import UTCDateTime, db
from mailer.errors import Conflict, Expired, NotFound
from mailer.events import Kind as Happened
from mailer.events import happened
from mailer.mail import outbox, retry
from mailer.subscriptions import emails, queries
from mailer.subscriptions.lists import ListData, slug_for
from mailer.subscriptions.models import Confirmation, MailingList, Subscriber, Subscription
from mailer.subscriptions.states import Event, Standing, State, after
from mailer.tokens import CONFIRM

# The same statement for a known and for an unknown address; it also holds the row, so that two
# requests for one address take their turns.
FIND_OR_ADD = text(
    "INSERT INTO subscriber (address, fingerprint, language, created_at)"
    " VALUES (:address, :fingerprint, :language, :at)"
    " ON CONFLICT (fingerprint) DO UPDATE SET fingerprint = excluded.fingerprint RETURNING id"
).bindparams(bindparam("at", type_=UTCDateTime()))

ASK = text(
    "INSERT INTO subscription"
    " (list_id, subscriber_id, state, consent_id, requested_at, confirmed_at, ended_origin)"
    " VALUES (:list_id, :subscriber_id, :state, :consent_id, :requested_at, :confirmed_at, '')"
    " ON CONFLICT (list_id, subscriber_id) DO UPDATE SET state = excluded.state,"
    " consent_id = excluded.consent_id, requested_at = excluded.requested_at RETURNING id"
).bindparams(
    bindparam("requested_at", type_=UTCDateTime()), bindparam("confirmed_at", type_=UTCDateTime())
)

# Whoever left by mistake notices on the page that says so.
RESUME_WITHIN = timedelta(minutes=30)


def request(
    address: Address, list_ids: Collection[int], evidence: Evidence, language: str, at: datetime
) -> Confirmation | None:
    """Note what was asked and write to the mailbox, in the same way whoever it belongs to.

    The link that will confirm it, which may have been in the mailbox before, or none.
    """
    wanted = [row for row in queries.lists(list_ids) if not row.closed_at]
    if not wanted:
        raise NotFound("list")
    subscriber = _find_or_add(address, language, at)
    known = queries.of_subscriber(subscriber.id)
    asked = [_ask(subscriber, row, known.get(row.id), evidence) for row in wanted]
    if allowance.may_write(subscriber.fingerprint, subscriber.address, at):
        return write_link(subscriber, asked, language, at)
    return _add_to_last_link(subscriber, asked)


def _find_or_add(address: Address, language: str, at: datetime) -> Subscriber:
    fingerprint = fingerprint_of(address)
    values = {"address": address.display, "language": language, "at": at}
    found = db.session.execute(FIND_OR_ADD, values | {"fingerprint": fingerprint}).scalar_one()
    subject_keys.make(fingerprint)
    return db.session.get_one(Subscriber, found)


def _ask(
    subscriber: Subscriber, wanted: MailingList, known: Subscription | None, evidence: Evidence
) -> Subscription:
    event = consent.record(subscriber.fingerprint, wanted.purpose, Kind.SIGNUP_REQUESTED, evidence)
    state = after(known.state, Event.REQUEST) if known else State.PENDING
    # Whoever receives the list already keeps the proof of it.
    stays = known if known and state != State.PENDING else None
    values = {
        "list_id": wanted.id,
        "subscriber_id": subscriber.id,
        "state": state.value,
        "consent_id": stays.consent_id if stays else event.id,
        "requested_at": stays.requested_at if stays else evidence.given_at,
        # The check of active rows looks at what is offered to the table, even when it is there.
        "confirmed_at": stays.confirmed_at if stays else None,
    }
    number = db.session.execute(ASK, values).scalar_one()
    return db.session.get_one(Subscription, number, populate_existing=True)


def _add_to_last_link(subscriber: Subscriber, asked: Sequence[Subscription]) -> Confirmation | None:
    """Let the link that is already in the mailbox confirm these too; its page names each."""
    last = queries.last_link(subscriber.id)
    if last is None or last.used_at:
        return None
    for line in asked:
        if line not in last.subscriptions and line.state == State.PENDING:
            last.subscriptions.append(line)
    db.session.flush()
    return last


def keep_answer(link: Confirmation, at: datetime, *, agreed: bool) -> None:
    """Keep the answer about measuring until the button is pressed.

    Anybody may send the form again for the same link: that can only take a yes back.
    """
    link.agreed = agreed if link.sent_at == at else link.agreed and agreed
    db.session.flush()


def write_link(
    subscriber: Subscriber, asked: Sequence[Subscription], language: str, at: datetime
) -> Confirmation:
    """Write to the mailbox with a link that confirms those, or say that all is received already."""
    is_reached = is_sendable(subscriber.fingerprint)
    new = [line for line in asked if not (is_reached and line.state == State.ACTIVE)]
    sent = Confirmation(subscriber=subscriber, sent_at=at, subscriptions=new or list(asked))
    # Where all is received already there is nothing to confirm.
    sent.used_at = None if new else at
    db.session.add(sent)
    db.session.flush()
    # Both are built and one is sent, so that neither takes longer than the other.
    to_confirm, already = emails.confirmation(sent, language), emails.already(sent, language)
    message = to_confirm if new else already
    sent.message_id = message.message_id
    outbox.put(message, f"confirmation:{sent.id}", retry.CONFIRMATION_PATIENCE)
    return sent


def renew(confirmation_id: int, at: datetime) -> str:
    """Send a new link in place of an expired one, at most as often as any; the address it is for.

    Raises NotFound when the link is purged, Conflict when nothing waits for a yes.
    """
    old = queries.link(confirmation_id)
    if not queries.is_renewable(old, at):
        raise Conflict("nothing to renew")
    if allowance.may_write(old.subscriber.fingerprint, old.subscriber.address, at):
        waiting = [line for line in old.subscriptions if line.state == State.PENDING]
        sent = write_link(old.subscriber, waiting, old.subscriber.language, at)
        keep_answer(sent, at, agreed=old.agreed)
    return old.subscriber.address


def confirm(
    token: str, evidence: Evidence, at: datetime, *, unmeasured: bool = False
) -> Confirmation:
    """Let the lists in and welcome the person; a second press changes nothing more.

    The page of the button lets the yes to being measured be taken back.

    Raises Invalid, NotFound, Expired or Conflict when the link is no longer good.
    """
    link = queries.link(CONFIRM.read_id(token))
    match queries.standing(link, at):
        case Standing.EXPIRED | Standing.CLOSED:
            raise Expired("confirmation")
        case Standing.SUPERSEDED:
            raise Conflict("superseded")
        case Standing.USED:
            if any(line.state != State.ACTIVE for line in link.subscriptions):
                raise Conflict("used")
        case Standing.OPEN:
            link.agreed = link.agreed and not unmeasured
            _let_in(link, evidence, at)
    return link


def _let_in(link: Confirmation, evidence: Evidence, at: datetime) -> None:
    subscriber = link.subscriber
    # Whoever left one list since the link was sent did not ask for it again.
    lines = [line for line in link.subscriptions if queries.may_begin(line)]
    for line in lines:
        _activate(line, Event.CONFIRM, replace(evidence, origin=f"confirmation:{link.id}"), at)
    if link.agreed and lines:
        _let_measure(lines[0], replace(evidence, origin=f"confirmation:{link.id}"))
    link.used_at = at
    allowance.answered(subscriber.fingerprint)
    record("subject", "confirm", f"subscriber:{subscriber.id}")
    message = emails.welcome(subscriber, lines)
    outbox.put(message, origin=f"subscriber:{subscriber.id}")


def _let_measure(line: Subscription, evidence: Evidence) -> None:
    """The second box counts as well, under the form that held it."""
    fingerprint = line.subscriber.fingerprint
    shown = last_yes(fingerprint, line.mailing_list.purpose)
    proof = replace(
        evidence,
        notice_sha256=shown.notice_sha256,
        form_sha256=shown.form_sha256,
        address=line.subscriber.address,
    )
    for what in What:
        answer_tracking(fingerprint, what, Answer.GRANTED, proof)


def join(
    subscriber: Subscriber, wanted: MailingList, evidence: Evidence, at: datetime
) -> Subscription:
    """Let in at once who has proven the mailbox and ticked the box of the list there."""
    known = queries.of_subscriber(subscriber.id).get(wanted.id)
    line = _ask(subscriber, wanted, known, evidence)
    _activate(line, Event.CONFIRM, replace(evidence, method=Method.CONFIRM_POST), at)
    return line


def _activate(line: Subscription, event: Event, evidence: Evidence, at: datetime) -> None:
    """Under the notice and the form that were shown when it was asked for."""
    fingerprint, purpose = line.subscriber.fingerprint, line.mailing_list.purpose
    shown = last_yes(fingerprint, purpose)
    proof = replace(evidence, notice_sha256=shown.notice_sha256, form_sha256=shown.form_sha256)
    yes = consent.record(fingerprint, purpose, Kind.CONFIRMED, proof)
    line.state, line.consent_id = after(line.state, event), yes.id
    line.confirmed_at, line.ended_at, line.ended_origin = at, None, ""
    _tell(Happened.SUBSCRIPTION_CONFIRMED, line)
    if event is Event.CONFIRM:
        line.subscriber.language = shown.locale
    db.session.flush()


def end(
    subscription_id: int, origin: str, at: datetime, method: Method = Method.PREFERENCE_PAGE
) -> None:
    """Nothing more of that list for that person, at once; doing it twice changes nothing more."""
    _end(queries.subscription(subscription_id), origin, at, method)


def end_all(
    fingerprint: str, origin: str, at: datetime, method: Method = Method.RIGHTS_REQUEST
) -> None:
    """Nothing more of any list for that address, at once."""
    for line in queries.not_ended(fingerprint):
        _end(line, origin, at, method)


def _end(line: Subscription, origin: str, at: datetime, method: Method) -> None:
    if line.state == State.ENDED:
        return
    evidence = Evidence(method, at, line.subscriber.language, origin=origin)
    purpose = line.mailing_list.purpose
    event = consent.record(line.subscriber.fingerprint, purpose, Kind.WITHDRAWN, evidence)
    line.state = after(line.state, Event.END)
    line.consent_id, line.ended_at, line.ended_origin = event.id, at, origin
    record("subject", "end", f"subscription:{line.id}")
    _tell(Happened.SUBSCRIPTION_ENDED, line)
    db.session.flush()


def _tell(kind: Happened, line: Subscription) -> None:
    happened(kind, subscription_id=line.id, list_id=line.list_id, subscriber_id=line.subscriber_id)


def resume(subscription_id: int, evidence: Evidence, at: datetime) -> bool:
    """Take back a leave of the last minutes; later, write to the mailbox first. Whether it is done.

    The link that leads here never ends, and may lie in a forwarded letter.
    """
    line = queries.subscription(subscription_id)
    if line.state != State.ENDED or line.mailing_list.closed_at:
        return line.state == State.ACTIVE
    fresh = line.ended_at is not None and at <= line.ended_at + RESUME_WITHIN
    if fresh and line.confirmed_at and is_sendable(line.subscriber.fingerprint):
        _activate(line, Event.RESUME, evidence, at)
        record("subject", "resume", f"subscription:{line.id}")
        return True
    address = addresses.parse(line.subscriber.address)
    request(address, [line.list_id], evidence, line.subscriber.language, at)
    return False


def create_list(data: ListData, actor: str) -> MailingList:
    """A new list, offered on the form from now on."""
    slug = slug_for(data.name, {row.slug for row in queries.all_lists()})
    made = MailingList(slug=slug, **vars(data))
    db.session.add(made)
    db.session.flush()
    record(actor, "create", f"list:{made.id}")
    return made


def change_list(list_id: int, data: ListData, actor: str) -> None:
    """Say it otherwise; what people were shown before stays as it was shown."""
    row = queries.mailing_list(list_id)
    for name, value in vars(data).items():
        setattr(row, name, value)
    record(actor, "change", f"list:{list_id}")
    db.session.flush()
