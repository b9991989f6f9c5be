"""What was shown, what was answered, and whom never to write to.

All is keyed by the address fingerprint, which survives the erasure of the address.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Enum, ForeignKey, Index, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

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
TRUNCATED = personal(Category.NETWORK, Purpose.PROOF, "consent_ip_months", Erasure.EMPTY)


class Notice(Base):
    """One version of a notice, as it was shown. Never changed: consents point at it."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("kind", "locale", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    kind: Mapped[NoticeKind] = mapped_column(words(NoticeKind), info=PLAIN)
    locale: Mapped[str] = mapped_column(info=PLAIN)
    version: Mapped[int] = mapped_column(info=PLAIN)
    title: Mapped[str] = mapped_column(info=PLAIN)
    body: Mapped[str] = mapped_column(Text, info=PLAIN)
    sha256: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    valid_from: Mapped[datetime] = mapped_column(info=PLAIN)


class FormSnapshot(Base):
    """A form as it was shown: labels, order, default state of each box, as canonical JSON."""

    __tablename__ = "form_snapshot"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    content: Mapped[str] = mapped_column(Text, info=PLAIN)
    sha256: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    valid_from: Mapped[datetime] = mapped_column(info=PLAIN)


class ConsentEvent(Base):
    """One thing that happened to a consent. Rows are only ever added (operations.record)."""

    __tablename__ = "consent_event"
    __table_args__ = (Index(None, "fingerprint", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    occurred_at: Mapped[datetime] = mapped_column(info=PROVED)
    recorded_at: Mapped[datetime] = mapped_column(info=PROVED)
    fingerprint: Mapped[str] = mapped_column(info=_proved(Category.FINGERPRINT))
    purpose: Mapped[str] = mapped_column(info=_proved(Category.CHOICE))
    kind: Mapped[Kind] = mapped_column(words(Kind), info=_proved(Category.CHOICE))
    method: Mapped[Method] = mapped_column(words(Method), info=PROVED)
    actor: Mapped[str] = mapped_column(info=PROVED)
    notice_sha256: Mapped[str | None] = mapped_column(ForeignKey("notice.sha256"), info=PROVED)
    form_sha256: Mapped[str | None] = mapped_column(ForeignKey("form_snapshot.sha256"), info=PROVED)
    locale: Mapped[str] = mapped_column(info=PROVED)
    page: Mapped[str] = mapped_column(info=PROVED)
    network: Mapped[str | None] = mapped_column(info=TRUNCATED)
    origin: Mapped[str] = mapped_column(info=PROVED)


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
@event.listens_for(FormSnapshot, "before_update")
@event.listens_for(FormSnapshot, "before_delete")
@event.listens_for(ConsentEvent, "before_update")
@event.listens_for(ConsentEvent, "before_delete")
def _refuse(_mapper: Mapper[Base], _connection: Connection, row: Base) -> None:
    raise Conflict(f"{row.__tablename__} is only ever added to")
