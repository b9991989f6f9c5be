"""The proof of one person: every event in order, with the notice and the form as shown then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sqlalchemy import select, union_all

from mailer import chains
from mailer.chains import Head
from mailer.consent import exhibits, lists, sealing, standings, verification
from mailer.consent.evidence import Kind, Method
from mailer.consent.exhibits import ShownForm, ShownNotice
from mailer.consent.keys import chain_keys
from mailer.consent.models import ConsentEvent, LedgerGap, SubjectKey, table_of
from mailer.consent.states import NOTHING, Record
from mailer.db import db
from mailer.errors import Invalid


@dataclass(frozen=True)
class Sealed:
    """What is kept under the person's own key: open, or gone with the key, or never given."""

    was_given: bool = False
    content: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_gone(self) -> bool:
        return self.was_given and not self.content


@dataclass(frozen=True)
class Link:
    """The event's place in the chain, and whether its hash and the one before it are right."""

    position: int
    key_id: str
    previous: str
    hash: str
    holds: bool


@dataclass(frozen=True)
class Told:
    """One event, with all that was shown and kept of it."""

    uuid: str
    kind: Kind
    purpose: str
    occurred_at: datetime
    recorded_at: datetime
    method: Method
    actor: str
    basis: str
    locale: str
    origin: str
    notice: ShownNotice | None
    form: ShownForm | None
    sealed: Sealed
    trace: Sealed
    link: Link


@dataclass(frozen=True)
class Proof:
    """All that can be shown of one person; who was never here has no event."""

    fingerprint: str
    events: tuple[Told, ...]
    record: Record

    @property
    def is_intact(self) -> bool:
        """Whether the chain is right at each of the events."""
        return all(event.link.holds for event in self.events)

    @property
    def is_erased(self) -> bool:
        """Whether what was kept under the person's key can be read no more."""
        return any(event.sealed.is_gone for event in self.events)

    @property
    def notices(self) -> dict[str, ShownNotice]:
        """Each notice that was shown, or stood one click away, once."""
        beside = (one.notice for one in self.events if one.notice)
        within = (notice for form in self.forms.values() for notice in form.notices)
        return {notice.sha256: notice for notice in (*beside, *within)}

    @property
    def forms(self) -> dict[str, ShownForm]:
        """Each form that was shown, once, in the order of the events."""
        return {one.form.sha256: one.form for one in self.events if one.form}

    @property
    def addresses(self) -> list[str]:
        """The address as it was typed each time, as far as it can still be read."""
        typed = (event.sealed.content.get("address") for event in self.events)
        return list(dict.fromkeys(address for address in typed if address))

    @cached_property
    def labels(self) -> dict[str, str]:
        """The name of each list as a form last showed it, else as it is called now."""
        shown = {value: label for form in self.forms.values() for value, label in form.labels}
        return lists.names() | shown


def of(fingerprint: str) -> Proof:
    """The proof of that person as things are now; for the desk, the command and the person."""
    rows = db.session.scalars(
        select(ConsentEvent)
        .where(ConsentEvent.fingerprint == fingerprint)
        .order_by(ConsentEvent.id)
    ).all()
    record = standings.of([fingerprint]).get(fingerprint, NOTHING)
    return Proof(fingerprint, tuple(_told(rows, fingerprint)), record)


def _told(rows: Sequence[ConsentEvent], fingerprint: str) -> Iterator[Told]:
    forms = exhibits.forms({row.form_sha256 for row in rows if row.form_sha256})
    notices = exhibits.notices({row.notice_sha256 for row in rows if row.notice_sha256})
    kept = db.session.get(SubjectKey, fingerprint)
    before = _hashes_before(rows)
    for row in rows:
        yield Told(
            uuid=row.uuid,
            kind=row.kind,
            purpose=row.purpose,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            method=row.method,
            actor=row.actor,
            basis=row.basis,
            locale=row.locale,
            origin=row.origin,
            notice=notices.get(row.notice_sha256 or ""),
            form=forms.get(row.form_sha256 or ""),
            sealed=_opened(row.sealed, row.sealed_sha256, kept, f"{row.uuid}/sealed"),
            trace=_opened(row.trace, row.trace_sha256, kept, f"{row.uuid}/trace"),
            link=Link(row.id, row.key_id, row.prev_hash, row.hash, _holds(row, before)),
        )


def _hashes_before(rows: Sequence[ConsentEvent]) -> Mapping[int, str]:
    """The hash that each event must point back at, by the number before its own."""
    numbers = [row.id - 1 for row in rows]
    events = select(ConsentEvent.id, ConsentEvent.hash).where(ConsentEvent.id.in_(numbers))
    gaps = select(LedgerGap.last_id, LedgerGap.last_hash).where(LedgerGap.last_id.in_(numbers))
    found = dict(db.session.execute(union_all(events, gaps)).all())
    return {chains.START.seq: chains.START.hash, **found}


def _holds(row: ConsentEvent, before: Mapping[int, str]) -> bool:
    """Whether the event is what was chained, ciphertexts apart that are gone, and where it was."""
    event = {column.name: getattr(row, column.name) for column in table_of(ConsentEvent).columns}
    last = Head(row.id - 1, before.get(row.id - 1, ""))
    return verification.problem(event, last, chain_keys()) is None


def _opened(
    ciphertext: bytes | None, digest: str | None, kept: SubjectKey | None, bound_to: str
) -> Sealed:
    if ciphertext is None or kept is None:
        return Sealed(was_given=digest is not None)
    try:
        content = sealing.unseal(ciphertext, kept.key, bound_to)
    except Invalid:
        # Changed by somebody: the chain does not hold there either, and says so.
        return Sealed(was_given=True)
    return Sealed(was_given=True, content=content)
