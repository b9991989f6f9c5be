"""The one way into the ledger: events get their place, their seal and their link.

lock | head | keys of the persons | seal | hash, each over the one before
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sqlalchemy import literal_column, select, union_all

from mailer import chains
from mailer.chains import Head, Key
from mailer.consent import bulk, chain, sealing
from mailer.consent.alike import DIFFERENT, Link, chained
from mailer.consent.evidence import Entry, Evidence
from mailer.consent.models import ConsentEvent, LedgerGap, SubjectKey, table_of
from mailer.db import be_alone, db

Row = dict[str, object]


@dataclass(frozen=True)
class Alike:
    """Events to add: what they share, and what differs (`alike.DIFFERENT`)."""

    shared: Row
    links: Iterator[Link]


# Whoever adds to the chain waits here for the one before to commit (PostgreSQL; on SQLite the
# writer's turn is the lock). Rows of persons are locked before, never after: docs/ledger.md.
TURN = 0x6C6564676572
KEYS_AT_ONCE = 1000


def take_turn() -> None:
    """Be the only one to add to the chain, until this transaction ends."""
    be_alone(TURN)


def head() -> Head:
    """Where the chain stands; a purge of its last events leaves it where it was."""
    last = select(ConsentEvent.id, ConsentEvent.hash).order_by(ConsentEvent.id.desc()).limit(1)
    gone = select(LedgerGap.last_id, LedgerGap.last_hash)
    gone = gone.order_by(LedgerGap.last_id.desc()).limit(1)
    either = union_all(select(last.subquery()), select(gone.subquery()))
    found = db.session.execute(either.order_by(literal_column("1").desc()).limit(1)).first()
    return Head(*found) if found else chains.START


def rows(entries: Sequence[Entry], key: Key, at: datetime) -> list[Row]:
    """The events as they stand in the ledger, next in the chain; the turn is taken."""
    take_turn()
    secrets = _secrets({one.fingerprint for one in entries if _is_sealed(one.evidence)})
    return list(_chained(entries, secrets, key, at))


def alike(entry: Entry, fingerprints: Sequence[str], key: Key, at: datetime) -> Alike:
    """The event of that entry for each of those people; it must hold nothing of one person."""
    if _is_sealed(entry.evidence):
        raise ValueError("what is sealed differs by person")
    take_turn()
    shared = _row(entry, None, at) | {"key_id": key.id}
    return Alike(
        {name: value for name, value in shared.items() if name not in DIFFERENT},
        chained(chain.form_of(shared), fingerprints, head(), key),
    )


def _is_sealed(shown: Evidence) -> bool:
    who = shown.address or shown.page or shown.reason
    return bool(who or shown.network or shown.user_agent)


def _secrets(fingerprints: Collection[str]) -> Mapping[str, bytes]:
    """The key of each person, made for those who had none; nobody else makes any meanwhile."""
    known: dict[str, bytes] = {}
    asked = iter(fingerprints)
    while some := list(islice(asked, KEYS_AT_ONCE)):
        found = select(SubjectKey.fingerprint, SubjectKey.key)
        theirs = found.where(SubjectKey.fingerprint.in_(some))
        known |= dict(db.session.execute(theirs).all())
    new = {each: sealing.new_key() for each in fingerprints if each not in known}
    if new:
        lines = [{"fingerprint": fingerprint, "key": key} for fingerprint, key in new.items()]
        bulk.add(table_of(SubjectKey), lines)
    return known | new


def _chained(
    entries: Iterable[Entry], secrets: Mapping[str, bytes], key: Key, at: datetime
) -> Iterator[Row]:
    last = head()
    for entry in entries:
        row = _row(entry, secrets.get(entry.fingerprint), at)
        row |= {"id": last.seq + 1, "prev_hash": last.hash, "key_id": key.id}
        last = Head(last.seq + 1, chains.hash_of(chain.text_of(row), key))
        yield row | {"hash": last.hash}


def _row(entry: Entry, secret: bytes | None, at: datetime) -> Row:
    shown, number = entry.evidence, str(uuid.uuid4())
    sealed = trace = None
    if secret:
        who = {"address": shown.address, "page": shown.page}
        if shown.reason:
            who["reason"] = shown.reason
        by = {"network": shown.network, "user_agent": shown.user_agent}
        sealed = sealing.seal(who, secret, f"{number}/sealed")
        trace = sealing.seal(by, secret, f"{number}/trace")
    return {
        "uuid": number,
        "occurred_at": shown.given_at,
        "recorded_at": at,
        "fingerprint": entry.fingerprint,
        "purpose": entry.purpose,
        "kind": entry.kind,
        "method": shown.method,
        "actor": entry.actor,
        "basis": shown.basis,
        "notice_sha256": shown.notice_sha256,
        "form_sha256": shown.form_sha256,
        "locale": shown.language,
        "origin": shown.origin,
        "sealed": sealed,
        "sealed_sha256": chain.digest(sealed),
        "trace": trace,
        "trace_sha256": chain.digest(trace),
    }
