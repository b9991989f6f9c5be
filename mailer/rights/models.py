"""Requests: one case, one clock, a line per right, the letters sent, the warnings given."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, erased_after, personal
from mailer.rights.carriage import Delivery, Via
from mailer.rights.grounds import Ground
from mailer.rights.identity import Level
from mailer.rights.kinds import Right
from mailer.rights.letters import Kind
from mailer.rights.proceedings import (
    ANSWERED,
    NOTED,
    Correction,
    Document,
    Extension,
    Handover,
    IdentityQuestion,
    Note,
    Task,
    emptied,
    kept,
    words,
)
from mailer.rights.requesters import Requester
from mailer.rights.states import Outcome, State


class Channel(StrEnum):
    """How a request reached us; any official channel starts the clock."""

    FORM = "form"
    EMAIL = "email"
    POST = "post"
    PHONE = "phone"
    COUNTER = "counter"
    # A colleague passed it on; the authority did.
    AGENT = "agent"
    CNIL = "cnil"


class Hold(StrEnum):
    """Why the file of a closed case may not go yet: none, or what needs it."""

    NONE = "none"
    COMPLAINT = "complaint"
    LITIGATION = "litigation"


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
        NUMBERED_ONCE | erased_after("closed_at", hold="none"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    reference: Mapped[str] = mapped_column(unique=True, info=ANSWERED)
    channel: Mapped[Channel] = mapped_column(words(Channel), info=ANSWERED)
    received_on: Mapped[date] = mapped_column(info=ANSWERED)
    logged_at: Mapped[datetime] = mapped_column(info=ANSWERED)
    language: Mapped[str] = mapped_column(info=kept(Category.CHOICE))
    address: Mapped[str] = mapped_column(info=emptied(Category.EMAIL))
    # Of a request without an address: one that nobody else has (intake.py).
    fingerprint: Mapped[str] = mapped_column(index=True, info=kept(Category.FINGERPRINT))
    verbatim: Mapped[str] = mapped_column(Text, info=emptied(Category.MESSAGE))
    # Who asks, when it is for somebody else, and who here heard or opened it.
    requester: Mapped[Requester] = mapped_column(
        words(Requester), default=Requester.SELF, server_default="self", info=ANSWERED
    )
    representative: Mapped[str] = mapped_column(
        default="", server_default="", info=emptied(Category.NAME)
    )
    # The mailbox of who asks for somebody else: letters go there, data never (addressing.py). A
    # note of this case, so that its owner is not taken for the person.
    contact: Mapped[str] = mapped_column(default="", server_default="", info=NOTED)
    heard_by: Mapped[str] = mapped_column(default="", server_default="", info=NOTED)
    postal_address: Mapped[str] = mapped_column(
        Text, default="", server_default="", info=emptied(Category.POSTAL)
    )
    # By which way letters go; those that hand over data go to the mailbox on file alone.
    answer_via: Mapped[Via] = mapped_column(
        words(Via), default=Via.EMAIL, server_default="email", info=ANSWERED
    )
    rulebook_version: Mapped[str] = mapped_column(info=PLAIN)
    calendar: Mapped[str] = mapped_column(info=PLAIN)
    raw_due: Mapped[date] = mapped_column(info=ANSWERED)
    due: Mapped[date] = mapped_column(info=ANSWERED)
    steps: Mapped[list[dict[str, str]]] = mapped_column(JSON, info=PLAIN)
    state: Mapped[State] = mapped_column(words(State), default=State.RECEIVED, info=ANSWERED)
    mailbox_confirmed_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    # How sure we are of who asks (identity.py): a level that was reached is never lost.
    proven: Mapped[int] = mapped_column(default=Level.NONE, server_default="0", info=ANSWERED)
    # Who has it in hand, as the audit record names them.
    assignee: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)
    # The reference of the case that this one repeats or follows.
    related_to: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)
    complaint_number: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)
    hold: Mapped[Hold] = mapped_column(
        words(Hold), default=Hold.NONE, server_default="none", info=ANSWERED
    )
    # When the person was told that their restriction will end (GDPR art. 18(3)), and its end.
    lift_told_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    lifted_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    # Who decided, so that another may have to sign (config.py FOUR_EYES).
    decided_by: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)
    closed_at: Mapped[datetime | None] = mapped_column(index=True, info=ANSWERED)
    # The state in which it closed, which the archive keeps.
    ended_as: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)
    archived_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    closing_reason: Mapped[str] = mapped_column(Text, default="", info=NOTED)
    # What the answer will say, from the decision on until it is signed.
    draft: Mapped[str] = mapped_column(Text, default="", server_default="", info=NOTED)

    lines: Mapped[list["RequestLine"]] = relationship(
        order_by="RequestLine.id", cascade="all, delete-orphan", passive_deletes=True
    )
    letters: Mapped[list["Letter"]] = relationship(
        order_by="Letter.id", cascade="all, delete-orphan", passive_deletes=True
    )
    questions: Mapped[list[IdentityQuestion]] = relationship(
        order_by="IdentityQuestion.id", cascade="all, delete-orphan", passive_deletes=True
    )
    extension: Mapped[Extension | None] = relationship(
        cascade="all, delete-orphan", passive_deletes=True
    )
    tasks: Mapped[list[Task]] = relationship(
        order_by="Task.id", cascade="all, delete-orphan", passive_deletes=True
    )
    notes: Mapped[list[Note]] = relationship(
        order_by="Note.id", cascade="all, delete-orphan", passive_deletes=True
    )
    handovers: Mapped[list[Handover]] = relationship(
        order_by="Handover.id", cascade="all, delete-orphan", passive_deletes=True
    )
    documents: Mapped[list[Document]] = relationship(
        order_by="Document.id", cascade="all, delete-orphan", passive_deletes=True
    )
    corrections: Mapped[list[Correction]] = relationship(
        order_by="Correction.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def rights(self) -> tuple[Right, ...]:
        """What is asked, in the order of the form."""
        return tuple(line.right for line in self.lines)

    @property
    def correspondence(self) -> list["Letter"]:
        """What was written to the person."""
        return [letter for letter in self.letters if letter.is_to_person]

    @property
    def level(self) -> Level:
        """How sure we are of who asks."""
        from_mailbox = Level.MAILBOX if self.mailbox_confirmed_at else Level.NONE
        return max(from_mailbox, Level(self.proven or Level.NONE))

    @property
    def question(self) -> IdentityQuestion | None:
        """The question about who asks that still waits for its answer."""
        return next((each for each in self.questions if each.answered_on is None), None)


class RequestLine(Base):
    """One right of a case, and what became of it."""

    __tablename__ = "rights_request_line"
    __table_args__ = (UniqueConstraint("request_id", "right"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), info=ANSWERED
    )
    right: Mapped[Right] = mapped_column(words(Right), info=kept(Category.CHOICE))
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome), info=ANSWERED)
    ground: Mapped[Ground | None] = mapped_column(words(Ground), info=ANSWERED)
    reason: Mapped[str] = mapped_column(Text, default="", server_default="", info=NOTED)


class Letter(Base):
    """One letter as it went: its words, their hash, by which way, and how far it has come."""

    __tablename__ = "rights_letter"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), index=True, info=ANSWERED
    )
    kind: Mapped[Kind] = mapped_column(words(Kind), info=ANSWERED)
    written_at: Mapped[datetime] = mapped_column(info=ANSWERED)
    # Of the mail; empty for a letter on paper.
    message_id: Mapped[str] = mapped_column(index=True, info=ANSWERED)
    via: Mapped[Via] = mapped_column(
        words(Via), default=Via.EMAIL, server_default="email", info=ANSWERED
    )
    language: Mapped[str] = mapped_column(default="fr", server_default="fr", info=PLAIN)
    # The words of the template it was made from (composing.version).
    version: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # What it says, of which mail, page and PDF are made (parts.py).
    source: Mapped[str] = mapped_column(
        Text, default="", server_default="", info=emptied(Category.MESSAGE)
    )
    sha256: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)
    delivery: Mapped[Delivery] = mapped_column(
        words(Delivery), default=Delivery.QUEUED, server_default="queued", info=ANSWERED
    )
    delivered_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    # What the relay answered last (RFC 3463), never its text.
    status: Mapped[str] = mapped_column(default="", server_default="", info=ANSWERED)

    @property
    def is_to_person(self) -> bool:
        """Whether the person, or who asks for them, reads it; processors are written to as well."""
        return self.kind != Kind.A10


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
