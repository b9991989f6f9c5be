"""What was shown, what was answered, and whom never to write to.

All is keyed by the address fingerprint, which survives the erasure of the address.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Enum,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from mailer import triggers
from mailer.consent.evidence import Kind, Method
from mailer.db import Base
from mailer.errors import Conflict
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal


class NoticeKind(StrEnum):
    """The text beside the form, and the whole of GDPR art. 13 one click away."""

    SHORT = "short"
    FULL = "full"


class Reason(StrEnum):
    """Why an address is not written to: never again, or, restricted, as long as that lasts."""

    OBJECTION = "objection"
    COMPLAINT = "complaint"
    HARD_BOUNCE = "hard_bounce"
    RESTRICTION = "restriction"


def words(kind: type[StrEnum]) -> Enum:
    """A column of one of those words, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=f"{kind.__name__.lower()}_known",
        values_callable=lambda members: [member.value for member in members],
        length=30,
    )


def _proved(category: Category) -> Declared:
    because = "proof that the letters were asked for, under a fingerprint (GDPR art. 17(3)(e))"
    return personal(category, Purpose.PROOF, "proof_years", Erasure.KEEP, because)


def _opposed(category: Category) -> Declared:
    because = "without it the objection would be forgotten (GDPR art. 21(3))"
    return personal(category, Purpose.OPPOSITION_LIST, "suppression_years", Erasure.KEEP, because)


PROVED = _proved(Category.HISTORY)
OPPOSED = _opposed(Category.HISTORY)
SEALED = personal(Category.EMAIL, Purpose.PROOF, "proof_years", Erasure.EMPTY)
TRACED = personal(Category.NETWORK, Purpose.PROOF, "consent_ip_months", Erasure.EMPTY)
KEYED = personal(Category.FINGERPRINT, Purpose.PROOF, "proof_years", Erasure.DELETE)
OPENED = personal(Category.SECRET, Purpose.PROOF, "proof_years", Erasure.DELETE)


class Notice(Base):
    """One version of a notice, as it was shown. Never changed: consents point at it.

    An old text that was shown elsewhere is filed afterwards: it has a name and no version number,
    and the dates between which it was shown may be unknown.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("kind", "locale", "version"),
        CheckConstraint("(version IS NULL) = (filed_at IS NOT NULL)", "filed_or_numbered"),
        CheckConstraint("filed_at IS NOT NULL OR valid_from IS NOT NULL", "dated_or_filed"),
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", "dates_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    kind: Mapped[NoticeKind] = mapped_column(words(NoticeKind), info=PLAIN)
    locale: Mapped[str] = mapped_column(info=PLAIN)
    version: Mapped[int | None] = mapped_column(info=PLAIN)
    name: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    title: Mapped[str] = mapped_column(info=PLAIN)
    body: Mapped[str] = mapped_column(Text, info=PLAIN)
    sha256: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    valid_from: Mapped[datetime | None] = mapped_column(info=PLAIN)
    valid_to: Mapped[datetime | None] = mapped_column(info=PLAIN)
    filed_at: Mapped[datetime | None] = mapped_column(info=PLAIN)


class NoticeSource(Base):
    """A text that the officer wrote for a notice, with its placeholders. The newest is in force."""

    __tablename__ = "notice_source"
    __table_args__ = (Index(None, "kind", "locale", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    kind: Mapped[NoticeKind] = mapped_column(words(NoticeKind), info=PLAIN)
    locale: Mapped[str] = mapped_column(info=PLAIN)
    body: Mapped[str] = mapped_column(Text, info=PLAIN)
    published_at: Mapped[datetime] = mapped_column(info=PLAIN)


class FormSnapshot(Base):
    """A form as it was shown: labels, order, default state of each box, as canonical JSON."""

    __tablename__ = "form_snapshot"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    content: Mapped[str] = mapped_column(Text, info=PLAIN)
    sha256: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    valid_from: Mapped[datetime] = mapped_column(info=PLAIN)


class ConsentEvent(Base):
    """One thing that happened to a consent, chained to the one before; only ever added (ledger.py).

    The number is the place in the chain: one more each time, without a gap.
    """

    __tablename__ = "consent_event"
    __table_args__ = (
        Index(None, "fingerprint", "id"),
        CheckConstraint("sealed IS NULL OR sealed_sha256 IS NOT NULL", "sealed_is_chained"),
        CheckConstraint("trace IS NULL OR trace_sha256 IS NOT NULL", "trace_is_chained"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    uuid: Mapped[str] = mapped_column(info=PLAIN)
    occurred_at: Mapped[datetime] = mapped_column(info=PROVED)
    recorded_at: Mapped[datetime] = mapped_column(info=PROVED)
    fingerprint: Mapped[str] = mapped_column(info=_proved(Category.FINGERPRINT))
    purpose: Mapped[str] = mapped_column(info=_proved(Category.CHOICE))
    kind: Mapped[Kind] = mapped_column(words(Kind), info=_proved(Category.CHOICE))
    method: Mapped[Method] = mapped_column(words(Method), info=PROVED)
    actor: Mapped[str] = mapped_column(info=PROVED)
    basis: Mapped[str] = mapped_column(info=PROVED)
    notice_sha256: Mapped[str | None] = mapped_column(ForeignKey("notice.sha256"), info=PROVED)
    form_sha256: Mapped[str | None] = mapped_column(ForeignKey("form_snapshot.sha256"), info=PROVED)
    locale: Mapped[str] = mapped_column(info=PROVED)
    origin: Mapped[str] = mapped_column(info=PROVED)
    # Who and where: the address and the page. Then by what means: the network and the program,
    # which go sooner. Each under the person's key (sealing.py), so each can be forgotten alone.
    sealed: Mapped[bytes | None] = mapped_column(info=SEALED)
    sealed_sha256: Mapped[str | None] = mapped_column(info=PLAIN)
    trace: Mapped[bytes | None] = mapped_column(info=TRACED)
    trace_sha256: Mapped[str | None] = mapped_column(info=PLAIN)
    prev_hash: Mapped[str] = mapped_column(info=PLAIN)
    hash: Mapped[str] = mapped_column(info=PLAIN)
    key_id: Mapped[str] = mapped_column(info=PLAIN)


class SubjectKey(Base):
    """The key of one person: when it goes, nobody reads what was sealed under it."""

    __tablename__ = "subject_key"

    fingerprint: Mapped[str] = mapped_column(primary_key=True, info=KEYED)
    key: Mapped[bytes] = mapped_column(info=OPENED)


class LedgerGap(Base):
    """Events that have outlived their time and went, from one number to another (trimming.py).

    Signed with the chain key: the chain goes on behind it, and nobody else can make one.
    """

    __tablename__ = "ledger_gap"
    __table_args__ = (CheckConstraint("first_id <= last_id", "first_is_first"),)

    first_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    last_id: Mapped[int] = mapped_column(unique=True, info=PLAIN)
    prev_hash: Mapped[str] = mapped_column(info=PLAIN)
    last_hash: Mapped[str] = mapped_column(info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)
    key_id: Mapped[str] = mapped_column(info=PLAIN)
    signature: Mapped[str] = mapped_column(info=PLAIN)


class Anchor(Base):
    """Where the chain stood on a day, kept apart from it in a file and at the officer's too."""

    __tablename__ = "ledger_anchor"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)
    seq: Mapped[int] = mapped_column(info=PLAIN)
    head_hash: Mapped[str] = mapped_column(info=PLAIN)
    count: Mapped[int] = mapped_column(info=PLAIN)
    key_id: Mapped[str] = mapped_column(info=PLAIN)
    signature: Mapped[str] = mapped_column(info=PLAIN)


class LedgerRestoration(Base):
    """A backup was put back: the events after `seq`, anchored up to `upto`, are given up.

    Signed with the chain key (restorations.py); only ever added to.
    """

    __tablename__ = "ledger_restoration"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)
    seq: Mapped[int] = mapped_column(info=PLAIN)
    head_hash: Mapped[str] = mapped_column(info=PLAIN)
    upto: Mapped[int] = mapped_column(info=PLAIN)
    key_id: Mapped[str] = mapped_column(info=PLAIN)
    signature: Mapped[str] = mapped_column(info=PLAIN)


BECAUSE = "goes with the event it rests on"
STOOD = personal(Category.CHOICE, Purpose.PROOF, "proof_years", Erasure.KEEP, BECAUSE)


class ConsentState(Base):
    """What the events come to now, for one person and one purpose (projection.py keeps it)."""

    __tablename__ = "consent_state"
    __table_args__ = (Index(None, "event_id"),)

    fingerprint: Mapped[str] = mapped_column(
        primary_key=True,
        info=personal(Category.FINGERPRINT, Purpose.PROOF, "proof_years", Erasure.KEEP, BECAUSE),
    )
    purpose: Mapped[str] = mapped_column(primary_key=True, info=STOOD)
    kind: Mapped[Kind] = mapped_column(words(Kind), info=STOOD)
    since: Mapped[datetime] = mapped_column(info=STOOD)
    event_id: Mapped[int] = mapped_column(
        ForeignKey("consent_event.id", ondelete="CASCADE"), info=STOOD
    )


class Suppression(Base):
    """An address never to be written to, whatever list it is on; only its fingerprint is kept."""

    __tablename__ = "suppression"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    fingerprint: Mapped[str] = mapped_column(unique=True, info=_opposed(Category.FINGERPRINT))
    reason: Mapped[Reason] = mapped_column(words(Reason), info=OPPOSED)
    since: Mapped[datetime] = mapped_column(info=OPPOSED)
    origin: Mapped[str] = mapped_column(info=OPPOSED)


@event.listens_for(Notice, "before_update")
@event.listens_for(Notice, "before_delete")
@event.listens_for(NoticeSource, "before_update")
@event.listens_for(NoticeSource, "before_delete")
@event.listens_for(FormSnapshot, "before_update")
@event.listens_for(FormSnapshot, "before_delete")
@event.listens_for(ConsentEvent, "before_update")
@event.listens_for(ConsentEvent, "before_delete")
def _refuse(_mapper: Mapper[Base], _connection: Connection, row: Base) -> None:
    raise Conflict(f"{row.__tablename__} is only ever added to")


def table_of(model: type[Base]) -> Table:
    """The table of a model, as the type that it has."""
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model.__name__)
    return table


IN_A_GAP = triggers.Unless(
    "refuse_unaccounted", "SELECT 1 FROM ledger_gap WHERE OLD.id BETWEEN first_id AND last_id"
)

triggers.guard(table_of(Notice))
triggers.guard(table_of(NoticeSource))
triggers.guard(table_of(FormSnapshot))
triggers.guard(table_of(Anchor))
triggers.guard(table_of(LedgerRestoration))
triggers.guard(table_of(ConsentEvent), ("sealed", "trace"), IN_A_GAP)
