"""Taking the addresses that wait, and taking back what was taken: a chunk in each transaction.

A chunk is the proof, the person and the subscription of each address, and the end of its waiting;
after a crash, what still waits is what was not taken.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Select, and_, case, delete, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from mailer.clock import PARIS
from mailer.consent import operations as consent
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.models import ConsentEvent, Reason
from mailer.db import Base, db
from mailer.subscriptions import indexing
from mailer.subscriptions.imports import staging
from mailer.subscriptions.imports.columns import Fate
from mailer.subscriptions.imports.models import Import, ImportRow
from mailer.subscriptions.imports.stages import MADE, Outcome
from mailer.subscriptions.imports.staging import Decided
from mailer.subscriptions.models import STATE, Subscriber, Subscription
from mailer.subscriptions.queries import hold
from mailer.subscriptions.states import State

REASONS = {
    Fate.OBJECTED: Reason.OBJECTION,
    Fate.COMPLAINED: Reason.COMPLAINT,
    Fate.BOUNCED: Reason.HARD_BOUNCE,
}
# A person's own acts in the record; what staff and jobs did is not theirs.
SUBJECT = "subject"
Insert = Callable[[type[Base]], postgresql.Insert | sqlite.Insert]
INSERT: dict[str, Insert] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def take(row: Import, at: datetime, rows: int) -> Counter[str]:
    """Take the next addresses; how many went where, nothing when none is left."""
    decided = staging.decide(row, rows)
    if not decided:
        return Counter()
    upto = decided[-1].fingerprint
    made = [one for one in decided if one.outcome in MADE]
    staging.leave(row.id, [one.fingerprint for one in decided if one.outcome not in MADE])
    # People before proofs, as everywhere: whoever holds a person may wait for the ledger's turn.
    _add_people(row, upto, at)
    _hold_people(row, upto, at)
    _refuse(row, decided, at)
    _add_subscriptions(row, _prove(row, made, at))
    staging.drop(row.id, upto)
    return Counter(one.outcome.value for one in decided)


def collected(row: Import, at: datetime) -> datetime:
    """When the people said yes: at noon of the day named, for nobody knows the hour."""
    if row.collected_on is None:
        return at
    return min(at, datetime.combine(row.collected_on, time(12), PARIS))


def _refuse(row: Import, decided: Sequence[Decided], at: datetime) -> None:
    """Record the no that was said to the other program: to all letters, or to this list."""
    left = Evidence(Method.IMPORT, at, origin=row.origin)
    consent.record_many(
        [
            consent.suppression(one.fingerprint, REASONS[one.fate], at, row.origin)
            for one in decided
            if one.outcome == Outcome.OBJECTED
        ]
    )
    consent.record_many(
        [
            Entry(one.fingerprint, row.purpose, Kind.WITHDRAWN, left, row.actor)
            for one in decided
            if one.outcome == Outcome.ELSEWHERE and one.fate == Fate.WITHDRAWN
        ]
    )


def _prove(row: Import, made: Sequence[Decided], at: datetime) -> range:
    """Record the proof of each; the numbers of the events."""
    alike = [one for one in made if not _has_own(one)]
    added = [
        _prove_alike(row, outcome, language, people, at)
        for (outcome, language), people in _grouped(alike).items()
    ]
    if own := [_own_proof(row, one) for one in made if _has_own(one)]:
        added.append(consent.record_many(own))
    return range(added[0].start, added[-1].stop) if added else range(0)


def _has_own(one: Decided) -> bool:
    return one.outcome == Outcome.NEW and one.given_at is not None


def _own_proof(row: Import, one: Decided) -> Entry:
    shown = Evidence(
        Method.IMPORT,
        one.given_at or row.received_at,
        language=one.language,
        network=one.network,
        notice_sha256=row.notice_sha256,
        origin=row.origin,
    )
    return Entry(one.fingerprint, row.purpose, Kind.IMPORTED, shown, row.actor)


def _prove_alike(
    row: Import, outcome: Outcome, language: str, people: Sequence[str], at: datetime
) -> range:
    is_proven = outcome == Outcome.NEW
    shown = Evidence(
        Method.IMPORT,
        collected(row, at) if is_proven else at,
        language=language,
        notice_sha256=row.notice_sha256 if is_proven else None,
        origin=row.origin,
    )
    # Without proof nobody has said yes: it stays a request, made by whoever imports.
    kind = Kind.IMPORTED if is_proven else Kind.SIGNUP_REQUESTED
    return consent.record_alike(Entry("", row.purpose, kind, shown, row.actor), people)


def _grouped(made: Sequence[Decided]) -> Mapping[tuple[Outcome, str], Sequence[str]]:
    people: defaultdict[tuple[Outcome, str], list[str]] = defaultdict(list)
    for one in made:
        people[one.outcome, one.language].append(one.fingerprint)
    return people


def _add_people(row: Import, upto: str, at: datetime) -> None:
    rows = _waiting(row, upto).add_columns(
        ImportRow.address, ImportRow.fingerprint, ImportRow.language, literal(at)
    )
    _insert(Subscriber, ("address", "fingerprint", "language", "created_at"), rows)


def _hold_people(row: Import, upto: str, at: datetime) -> None:
    """Who was here before: a sign-up of theirs holds the person, then waits for the ledger."""
    theirs = select(ImportRow.fingerprint).where(
        ImportRow.import_id == row.id, ImportRow.fingerprint <= upto
    )
    hold(and_(Subscriber.fingerprint.in_(theirs), Subscriber.created_at != at))


def _add_subscriptions(row: Import, events: range) -> None:
    is_proven = ConsentEvent.kind == Kind.IMPORTED
    active, unproven = literal(State.ACTIVE, STATE), literal(State.UNPROVEN, STATE)
    rows = (
        select(
            literal(row.list_id),
            Subscriber.id,
            case((is_proven, active), else_=unproven),
            ConsentEvent.id,
            ConsentEvent.occurred_at,
            case((is_proven, ConsentEvent.occurred_at)),
        )
        .join(Subscriber, Subscriber.fingerprint == ConsentEvent.fingerprint)
        .where(ConsentEvent.id.between(events.start, events.stop - 1))
        .order_by(ConsentEvent.id)
    )
    names = ("list_id", "subscriber_id", "state", "consent_id", "requested_at", "confirmed_at")
    _insert(Subscription, names, rows)


def _waiting(row: Import, upto: str) -> Select[*tuple[Any, ...]]:
    return (
        select()
        .select_from(ImportRow)
        .where(ImportRow.import_id == row.id, ImportRow.fingerprint <= upto)
        .order_by(ImportRow.fingerprint)
    )


def _insert(model: type[Base], names: Sequence[str], rows: Select[*tuple[Any, ...]]) -> None:
    """Add the rows with the defaults of the other columns; who is there already stays as is."""
    insert = INSERT[db.session.get_bind().dialect.name]
    db.session.execute(insert(model).from_select(list(names), rows).on_conflict_do_nothing())


def take_back(row: Import, rows: int) -> int:
    """Remove the next of what the import made, unless the person has acted since; how many."""
    later = aliased(ConsentEvent)
    acted = exists().where(
        later.fingerprint == ConsentEvent.fingerprint,
        later.id > ConsentEvent.id,
        later.actor == SUBJECT,
    )
    lines = db.session.execute(
        select(Subscription.id, Subscription.subscriber_id)
        .join(ConsentEvent, ConsentEvent.id == Subscription.consent_id)
        .where(Subscription.list_id == row.list_id, ConsentEvent.origin == row.origin, ~acted)
        .order_by(Subscription.id)
        .limit(rows)
    ).all()
    people = [person for _, person in lines]
    gone = delete(Subscription).where(Subscription.id.in_([line for line, _ in lines]))
    db.session.execute(gone)
    rest = exists().where(Subscription.subscriber_id == Subscriber.id)
    alone = Subscriber.id.in_(people) & (Subscriber.created_at >= row.approved_at) & ~rest
    indexing.leave(alone)
    db.session.execute(delete(Subscriber).where(alone))
    return len(lines)
