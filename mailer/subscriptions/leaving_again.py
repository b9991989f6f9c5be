"""After a restore: whoever said no since the backup, or was set aside, gets nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from mailer.consent import operations as consent
from mailer.consent.evidence import Entry, Evidence, Kind, Method
from mailer.consent.queries import suppressions
from mailer.consent.standings import KINDS, REASONS
from mailer.consent.states import ALL_LISTS, WEIGHTS
from mailer.consent.withdrawals import NO, Line
from mailer.db import among, be_unhurried, db
from mailer.progress import Tell, untold
from mailer.subscriptions.models import MailingList, Subscriber, Subscription
from mailer.subscriptions.states import Event, State, after

ORIGIN, ACTOR = "journal", "job:restore"
AT_ONCE = 1_000


@dataclass(frozen=True)
class Kept:
    """A subscription that the backup brought back, and when its person had last said yes to it."""

    subscription_id: int
    state: State
    fingerprint: str
    language: str
    purpose: str
    since: datetime


def leave_again(lines: Sequence[Line], tell: Tell = untold) -> int:
    """End what each no had ended, but for whoever has said yes since; says for how many people.

    Who was set aside since, and not let go, is so again. Run twice, it finds nothing more to do.
    """
    be_unhurried()
    gone: set[str] = set()
    lasting = _lasting(lines)
    for first in range(0, len(lasting), AT_ONCE):
        some = lasting[first : first + AT_ONCE]
        kept = _kept({line.fingerprint for line in some})
        gone |= _suppress(some, kept) | _end(some, kept)
        tell(first + len(some), len(lasting))
    return len(gone)


def _lasting(lines: Sequence[Line]) -> list[Line]:
    """Without the restrictions that were lifted; what weighs most last, as the last line counts."""
    aside: dict[str, Line] = {}
    for line in lines:
        if line.kind == Kind.RESTRICTED:
            aside[line.fingerprint] = line
        elif line.kind == Kind.UNRESTRICTED:
            aside.pop(line.fingerprint, None)
    noes = [line for line in lines if line.kind in NO]
    return sorted([*aside.values(), *noes], key=lambda line: WEIGHTS.get(line.kind, 0))


def _kept(fingerprints: set[str]) -> list[Kept]:
    line, since = Subscription, func.coalesce(Subscription.confirmed_at, Subscription.requested_at)
    found = (
        select(line.id, line.state, Subscriber.fingerprint, Subscriber.language, MailingList, since)
        .join(Subscriber, line.subscriber_id == Subscriber.id)
        .join(MailingList, line.list_id == MailingList.id)
        .where(among(Subscriber.__table__.c.fingerprint, fingerprints), line.state != State.ENDED)
        .order_by(line.id)
    )
    return [
        Kept(number, state, who, language, about.purpose, at)
        for number, state, who, language, about, at in db.session.execute(found)
    ]


def _suppress(lines: Sequence[Line], kept: Sequence[Kept]) -> set[str]:
    """Those who are written to no more, whatever the list."""
    to_all = {line.fingerprint: line for line in lines if line.purpose == ALL_LISTS}
    came_back = {
        one.fingerprint
        for one in kept
        if one.fingerprint in to_all
        and one.state == State.ACTIVE
        and one.since > to_all[one.fingerprint].at
    }
    known = {who: WEIGHTS[KINDS[reason]] for who, reason in suppressions(to_all).items()}
    again = [
        line
        for who, line in to_all.items()
        if who not in came_back and known.get(who, -1) < WEIGHTS[line.kind]
    ]
    consent.record_many(
        [
            consent.suppression(line.fingerprint, REASONS[line.kind], line.at, ORIGIN)
            for line in again
        ]
    )
    return {line.fingerprint for line in again}


def _end(lines: Sequence[Line], kept: Sequence[Kept]) -> set[str]:
    """Those who left a list; whoever objected has left each of theirs as well."""
    said = {(line.fingerprint, line.purpose): line.at for line in lines}
    noes = [(one, said.get((one.fingerprint, one.purpose))) for one in kept]
    ending = [(one, at) for one, at in noes if at is not None and one.since < at]
    events = consent.record_many([_withdrawal(one, at) for one, at in ending])
    if ending:
        rows = [_ended(*each, number) for each, number in zip(ending, events, strict=True)]
        db.session.execute(update(Subscription), rows)
    return {one.fingerprint for one, _at in ending}


def _withdrawal(one: Kept, at: datetime) -> Entry:
    evidence = Evidence(Method.JOB, at, one.language, origin=ORIGIN)
    return Entry(one.fingerprint, one.purpose, Kind.WITHDRAWN, evidence, ACTOR)


def _ended(one: Kept, at: datetime, number: int) -> dict[str, object]:
    return {
        "id": one.subscription_id,
        "state": after(one.state, Event.END),
        "consent_id": number,
        "ended_at": at,
        "ended_origin": ORIGIN,
    }
