"""What a person chose, read and changed in one go; each change can be taken back for a moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from mailer.audit.operations import record
from mailer.consent import operations as consent
from mailer.consent.evidence import Evidence, Kind
from mailer.consent.measurement import answer_tracking, answers_of
from mailer.consent.queries import is_sendable
from mailer.consent.states import ALL_LISTS
from mailer.db import db
from mailer.errors import Conflict, Expired
from mailer.subscriptions import operations, queries
from mailer.subscriptions.choices import Choices, Difference
from mailer.subscriptions.models import PreferenceChange, Subscriber, Subscription
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.states import State

UNDO_WITHIN = timedelta(seconds=30)

Entering = Callable[[Subscriber, int, Evidence, datetime], None]


def current(person: Subscriber, at: datetime) -> Choices:
    """What the person receives and how, as it stands."""
    until = person.paused_until
    return Choices(
        lists={line.list_id: line.frequency for line in _receiving(person)},
        language=person.language,
        paused_until=until if until and until > at else None,
        tracking=answers_of(person.fingerprint),
    )


def save(
    person: Subscriber, wanted: Choices, evidence: Evidence, at: datetime
) -> PreferenceChange | None:
    """Make the choices true, at once; None when they are already. The mailbox was proven."""
    before = current(person, at)
    if before == wanted:
        return None
    kept = PreferenceChange(
        subscriber_id=person.id, at=at, before=before.to_json(), after=wanted.to_json()
    )
    db.session.add(kept)
    db.session.flush()
    origin = f"preference_change:{kept.id}"
    _make_true(person, Difference(before, wanted), replace(evidence, origin=origin), _let_in)
    record("subject", "choose", f"subscriber:{person.id}")
    return kept


def undo(person: Subscriber, evidence: Evidence, at: datetime) -> None:
    """Take the last change back; raises Expired after 30 seconds, Conflict the second time."""
    last = last_change(person)
    if last is None or at > last.at + UNDO_WITHIN:
        raise Expired("undo")
    if last.undone_at:
        raise Conflict("undone")
    last.undone_at = at
    back = Difference(current(person, at), Choices.from_json(last.before))
    origin = f"preference_change:{last.id}"
    _make_true(person, back, replace(evidence, origin=origin), _resume)
    record("subject", "undo", f"subscriber:{person.id}")


def come_back(person: Subscriber, evidence: Evidence, at: datetime) -> bool:
    """Receive again what the last change ended; whether that is so at once, without a mail."""
    last = last_change(person)
    left = difference_of(last).left if last else []
    lines = queries.of_subscriber(person.id)
    back = [operations.resume(lines[n].id, evidence, at) for n in left if n in lines]
    return all(back)


def come_back_for(
    subscription_id: int, frequency: Frequency, evidence: Evidence, at: datetime
) -> bool:
    """Receive again, but less often; whether that is so at once, without a mail."""
    if not operations.resume(subscription_id, evidence, at):
        return False
    line = queries.subscription(subscription_id)
    line.frequency = frequency
    purpose = line.mailing_list.purpose
    consent.record(line.subscriber.fingerprint, purpose, Kind.PREFERENCE_CHANGED, evidence)
    db.session.flush()
    return True


def last_change(person: Subscriber) -> PreferenceChange | None:
    """The newest change of that person that is still kept."""
    return db.session.scalars(
        select(PreferenceChange)
        .where(PreferenceChange.subscriber_id == person.id)
        .order_by(PreferenceChange.id.desc())
        .limit(1)
    ).first()


def difference_of(change: PreferenceChange) -> Difference:
    """What that change changed."""
    return Difference(Choices.from_json(change.before), Choices.from_json(change.after))


def _receiving(person: Subscriber) -> list[Subscription]:
    if not is_sendable(person.fingerprint):
        return []
    lines = queries.of_subscriber(person.id).values()
    return [line for line in lines if line.state == State.ACTIVE]


def _make_true(person: Subscriber, asked: Difference, evidence: Evidence, enter: Entering) -> None:
    at = evidence.given_at
    lines = queries.of_subscriber(person.id)
    for number in _to_end(person, asked):
        operations.end(lines[number].id, evidence.origin, at, evidence.method)
    for number in asked.joined:
        enter(person, number, evidence, at)
    _set_paces(person, asked, evidence)
    _set_rest(person, asked, evidence)
    for what, answer in asked.answers.items():
        answer_tracking(person.fingerprint, what, answer, evidence)
    db.session.flush()


def _to_end(person: Subscriber, asked: Difference) -> list[int]:
    """With a new yes, a bounce or an objection ends: what was not ticked must not come back."""
    if not asked.joined or is_sendable(person.fingerprint):
        return asked.left
    lines = queries.of_subscriber(person.id).values()
    active = {line.list_id for line in lines if line.state == State.ACTIVE}
    return sorted(active - asked.after.lists.keys())


def _let_in(person: Subscriber, list_id: int, evidence: Evidence, at: datetime) -> None:
    operations.join(person, queries.mailing_list(list_id), evidence, at)


def _resume(person: Subscriber, list_id: int, evidence: Evidence, at: datetime) -> None:
    operations.resume(queries.of_subscriber(person.id)[list_id].id, evidence, at)


def _set_paces(person: Subscriber, asked: Difference, evidence: Evidence) -> None:
    for number, line in queries.of_subscriber(person.id).items():
        if number in asked.after.lists:
            line.frequency = asked.after.lists[number]
        if number in asked.paced:
            purpose = line.mailing_list.purpose
            consent.record(person.fingerprint, purpose, Kind.PREFERENCE_CHANGED, evidence)


def _set_rest(person: Subscriber, asked: Difference, evidence: Evidence) -> None:
    is_new_language = asked.before.language != asked.after.language
    person.language = asked.after.language
    person.paused_until = asked.after.paused_until
    if is_new_language or asked.is_paused_otherwise:
        consent.record(person.fingerprint, ALL_LISTS, Kind.PREFERENCE_CHANGED, evidence)
