"""Requests: one case, one clock, a line per right, the letters sent, the warnings given."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, erased_after, personal
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.states import Outcome, State


class Channel(StrEnum):
    """How a request reached us; any official channel starts the clock."""

    FORM = "form"
    EMAIL = "email"
    POST = "post"
    PHONE = "phone"
    COUNTER = "counter"


def _emptied(category: Category) -> Declared:
    return personal(category, Purpose.RIGHTS, "request_years", Erasure.EMPTY)


def _kept(category: Category) -> Declared:
    because = "proof that the request was answered in time (GDPR art. 17(3)(e))"
    return personal(category, Purpose.RIGHTS, "request_years", Erasure.KEEP, because)


ANSWERED = _kept(Category.HISTORY)


def words(kind: type[StrEnum]) -> Enum:
    """A column of one of those words, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
        length=20,
    )


class ReferenceCounter(Base):
    """The last number given in a year. Its row is the lock that keeps references without gaps."""

    __tablename__ = "rights_reference_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    last: Mapped[int] = mapped_column(info=PLAIN)


class RightsRequest(Base):
    """One case. It holds the address as given, and no key to a subscriber: strangers ask too."""

    __tablename__ = "rights_request"
    __table_args__ = (
        CheckConstraint("received_on <= due", name="due_after_receipt"),
        Index(None, "state", "due", "id"),
        NUMBERED_ONCE | erased_after("closed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    reference: Mapped[str] = mapped_column(unique=True, info=ANSWERED)
    channel: Mapped[Channel] = mapped_column(words(Channel), info=ANSWERED)
    received_on: Mapped[date] = mapped_column(info=ANSWERED)
    logged_at: Mapped[datetime] = mapped_column(info=ANSWERED)
    language: Mapped[str] = mapped_column(info=_kept(Category.CHOICE))
    address: Mapped[str] = mapped_column(info=_emptied(Category.EMAIL))
    fingerprint: Mapped[str] = mapped_column(index=True, info=_kept(Category.FINGERPRINT))
    verbatim: Mapped[str] = mapped_column(Text, info=_emptied(Category.MESSAGE))
    rulebook_version: Mapped[str] = mapped_column(info=PLAIN)
    calendar: Mapped[str] = mapped_column(info=PLAIN)
    raw_due: Mapped[date] = mapped_column(info=ANSWERED)
    due: Mapped[date] = mapped_column(info=ANSWERED)
    steps: Mapped[list[dict[str, str]]] = mapped_column(JSON, info=PLAIN)
    state: Mapped[State] = mapped_column(words(State), default=State.RECEIVED, info=ANSWERED)
    mailbox_confirmed_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    closed_at: Mapped[datetime | None] = mapped_column(index=True, info=ANSWERED)
    closing_reason: Mapped[str] = mapped_column(Text, default="", info=_emptied(Category.NOTE))

    lines: Mapped[list["RequestLine"]] = relationship(
        order_by="RequestLine.id", cascade="all, delete-orphan", passive_deletes=True
    )
    letters: Mapped[list["Letter"]] = relationship(
        order_by="Letter.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def rights(self) -> tuple[Right, ...]:
        """What is asked, in the order of the form."""
        return tuple(line.right for line in self.lines)


class RequestLine(Base):
    """One right of a case, and what became of it."""

    __tablename__ = "rights_request_line"
    __table_args__ = (UniqueConstraint("request_id", "right"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), info=ANSWERED
    )
    right: Mapped[Right] = mapped_column(words(Right), info=_kept(Category.CHOICE))
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome), info=ANSWERED)


class Letter(Base):
    """One letter to the person: which, when, and under which Message-ID it left."""

    __tablename__ = "rights_letter"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), index=True, info=ANSWERED
    )
    kind: Mapped[Kind] = mapped_column(words(Kind), info=ANSWERED)
    written_at: Mapped[datetime] = mapped_column(info=ANSWERED)
    message_id: Mapped[str] = mapped_column(info=ANSWERED)


class DeadlineWarning(Base):
    """A reminder that was given. Its key makes each timer of a case ring once."""

    __tablename__ = "rights_deadline_warning"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), primary_key=True, info=ANSWERED
    )
    timer: Mapped[str] = mapped_column(primary_key=True, info=ANSWERED)
    given_at: Mapped[datetime] = mapped_column(info=ANSWERED)


def _forgotten(category: Category) -> Declared:
    because = "to erase the person again when a backup from before is restored"
    return personal(category, Purpose.RIGHTS, "proof_years", Erasure.KEEP, because)


class ErasureEntry(Base):
    """Somebody was erased; `written_at` once the journal beside the data says so too."""

    __tablename__ = "erasure"
    __table_args__ = (Index(None, "fingerprint"), Index(None, "written_at"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    fingerprint: Mapped[str] = mapped_column(info=_forgotten(Category.FINGERPRINT))
    at: Mapped[datetime] = mapped_column(info=_forgotten(Category.HISTORY))
    written_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
