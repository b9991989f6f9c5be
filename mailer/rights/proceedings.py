"""What is done on the way of a request: questions, extension, tasks, notes, copies handed over."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, erased_after, personal
from mailer.rights.grounds import ExtensionGround


def emptied(category: Category) -> Declared:
    return personal(category, Purpose.RIGHTS, "request_years", Erasure.EMPTY)


def kept(category: Category) -> Declared:
    because = "proof that the request was answered in time (GDPR art. 17(3)(e))"
    return personal(category, Purpose.RIGHTS, "request_years", Erasure.KEEP, because)


ANSWERED = kept(Category.HISTORY)
NOTED = emptied(Category.NOTE)


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


class IdentityQuestion(Base):
    """A doubt about who asks, what was asked of them, and the days in which the clock stood still.

    A document lies sealed in the data folder (vault.py) until it is verified, then nowhere.
    """

    __tablename__ = "rights_identity_question"
    __table_args__ = (
        CheckConstraint("answered_on IS NULL OR asked_on <= answered_on", name="asked_first"),
        Index(None, "request_id", "asked_on"),
        # One at a time: two would count the same days twice.
        Index(
            "uq_rights_identity_question_open",
            "request_id",
            unique=True,
            sqlite_where=text("answered_on IS NULL"),
            postgresql_where=text("answered_on IS NULL"),
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), info=ANSWERED
    )
    wanted: Mapped[int] = mapped_column(info=ANSWERED)
    doubt: Mapped[str] = mapped_column(Text, info=NOTED)
    asked_on: Mapped[date] = mapped_column(info=ANSWERED)
    asked_by: Mapped[str] = mapped_column(info=ANSWERED)
    reminded_on: Mapped[date | None] = mapped_column(info=ANSWERED)
    answered_on: Mapped[date | None] = mapped_column(info=ANSWERED)
    verified_by: Mapped[str] = mapped_column(default="", info=ANSWERED)
    # The name of the sealed file; empty before it came, and once it is gone.
    file: Mapped[str] = mapped_column(default="", info=NOTED)


class Extension(Base):
    """The two months more that were taken, once, and why the person was told so."""

    __tablename__ = "rights_extension"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), primary_key=True, info=ANSWERED
    )
    ground: Mapped[ExtensionGround] = mapped_column(words(ExtensionGround), info=ANSWERED)
    facts: Mapped[str] = mapped_column(Text, info=NOTED)
    at: Mapped[datetime] = mapped_column(info=ANSWERED)
    by: Mapped[str] = mapped_column(info=ANSWERED)


class TaskKind(StrEnum):
    """Who is told, or where else somebody looks: a processor, or a system of ours."""

    PROCESSOR = "processor"
    SYSTEM = "system"


class Task(Base):
    """Something to do elsewhere: tell a processor (GDPR art. 19), look in another system."""

    __tablename__ = "rights_task"
    __table_args__ = (UniqueConstraint("request_id", "processor"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), info=ANSWERED
    )
    processor: Mapped[str] = mapped_column(info=ANSWERED)
    kind: Mapped[TaskKind] = mapped_column(
        words(TaskKind), default=TaskKind.PROCESSOR, server_default="processor", info=ANSWERED
    )
    done_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    done_by: Mapped[str] = mapped_column(default="", info=ANSWERED)
    # What was answered or found there.
    proof: Mapped[str] = mapped_column(Text, default="", server_default="", info=NOTED)


class DocumentKind(StrEnum):
    """A paper of the case: the letter as it came, the mandate of who asks, the mail as it came."""

    SCAN = "scan"
    MANDATE = "mandate"
    MESSAGE = "message"


class Document(Base):
    """A paper of the case, sealed in the data folder (vault.py) for as long as the case is kept."""

    __tablename__ = "rights_document"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), index=True, info=ANSWERED
    )
    kind: Mapped[DocumentKind] = mapped_column(words(DocumentKind), info=ANSWERED)
    # The name of the sealed file; empty once the person is erased, and the file then goes.
    file: Mapped[str] = mapped_column(info=NOTED)
    sha256: Mapped[str] = mapped_column(info=ANSWERED)
    at: Mapped[datetime] = mapped_column(info=ANSWERED)
    by: Mapped[str] = mapped_column(info=ANSWERED)


class Correction(Base):
    """What is corrected, from what to what; a mailbox once both have said yes (correcting.py)."""

    __tablename__ = "rights_correction"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), index=True, info=ANSWERED
    )
    before: Mapped[str] = mapped_column(Text, info=NOTED)
    after: Mapped[str] = mapped_column(Text, info=NOTED)
    # The question put to both mailboxes, by its number; None for what is no mailbox.
    change_id: Mapped[int | None] = mapped_column(info=PLAIN)
    asked_at: Mapped[datetime] = mapped_column(info=ANSWERED)
    done_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    by: Mapped[str] = mapped_column(info=ANSWERED)


class Note(Base):
    """What an officer wrote down for the next one; it moves no date."""

    __tablename__ = "rights_note"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), index=True, info=ANSWERED
    )
    at: Mapped[datetime] = mapped_column(info=ANSWERED)
    by: Mapped[str] = mapped_column(info=ANSWERED)
    words: Mapped[str] = mapped_column(Text, info=NOTED)


class Handover(Base):
    """A copy that waits, sealed, for the one mailbox that it may be opened from (handover.py)."""

    __tablename__ = "rights_handover"
    __table_args__ = (Index(None, "request_id"), NUMBERED_ONCE | erased_after("ended_at"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), info=ANSWERED
    )
    address: Mapped[str] = mapped_column(info=emptied(Category.EMAIL))
    language: Mapped[str] = mapped_column(info=kept(Category.CHOICE))
    file: Mapped[str] = mapped_column(info=NOTED)
    sha256: Mapped[str] = mapped_column(info=PLAIN)
    made_at: Mapped[datetime] = mapped_column(info=ANSWERED)
    expires_at: Mapped[datetime] = mapped_column(index=True, info=ANSWERED)
    # Nothing opens before, when the mailbox on file was changed lately.
    opens_from: Mapped[datetime] = mapped_column(info=ANSWERED)
    code_digest: Mapped[str] = mapped_column(default="", info=PLAIN)
    code_until: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    code_tries: Mapped[int] = mapped_column(default=0, info=PLAIN)
    openings: Mapped[int] = mapped_column(default=0, info=ANSWERED)
    opened_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
    ended_at: Mapped[datetime | None] = mapped_column(info=ANSWERED)
