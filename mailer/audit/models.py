"""The record of what staff did and looked at. It names things by kind and id, as text."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Table, text
from sqlalchemy.orm import Mapped, mapped_column

from mailer import triggers
from mailer.db import Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal


def _logged(category: Category) -> Declared:
    because = "who did what at the desk; it names things by number, which nothing answers to later"
    return personal(category, Purpose.SECURITY, "logs_months", Erasure.KEEP, because)


NAMED = _logged(Category.REFERENCE)
DONE = _logged(Category.HISTORY)


class Entry(Base):
    """One act: who, when, what, on which thing, for which case; and why, when it was a look."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "at"),
        Index(None, "actor", "id"),
        Index(None, "verb", "id"),
        Index(None, "subject", "id"),
        Index(
            None,
            "for_case",
            "id",
            sqlite_where=text("for_case <> ''"),
            postgresql_where=text("for_case <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=DONE)
    actor: Mapped[str] = mapped_column(info=NAMED)
    verb: Mapped[str] = mapped_column(info=DONE)
    subject: Mapped[str] = mapped_column(info=NAMED)
    for_case: Mapped[str] = mapped_column(default="", server_default="", info=NAMED)
    why: Mapped[str] = mapped_column(default="", server_default="", info=DONE)


class Link(Base):
    """The place of an entry in the chain, given by a job and not by who writes it (sealing.py)."""

    __tablename__ = "audit_link"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("audit_entry.id", ondelete="CASCADE"), unique=True, info=PLAIN
    )
    hash: Mapped[str] = mapped_column(info=PLAIN)
    key_id: Mapped[str] = mapped_column(info=PLAIN)


class _Signed:
    """Where the chain stood, signed with its key."""

    at: Mapped[datetime] = mapped_column(info=PLAIN)
    head_hash: Mapped[str] = mapped_column(info=PLAIN)
    count: Mapped[int] = mapped_column(info=PLAIN)
    key_id: Mapped[str] = mapped_column(info=PLAIN)
    signature: Mapped[str] = mapped_column(info=PLAIN)


class Cut(_Signed, Base):
    """Up to where the entries have gone that outlived their time; the chain goes on behind it."""

    __tablename__ = "audit_cut"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)


class Anchor(_Signed, Base):
    """Where the chain stood on a day, kept in a file too."""

    __tablename__ = "audit_anchor"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    seq: Mapped[int] = mapped_column(info=PLAIN)


class Check(Base):
    """The chain was verified: how much of it, and the first thing that was wrong, if any."""

    __tablename__ = "audit_check"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)
    entries: Mapped[int] = mapped_column(info=PLAIN)
    fault: Mapped[str] = mapped_column(info=PLAIN)


def table_of(model: type[Base]) -> Table:
    """The table of a model, as the type that it has."""
    return Base.metadata.tables[model.__tablename__]


# In this order they go: the cut is written, then entries below it may be deleted, and older cuts.
CUT_AWAY = triggers.Unless(
    "refuse_uncut_entry",
    "SELECT 1 FROM audit_link, audit_cut"
    " WHERE audit_link.entry_id = OLD.id AND audit_link.seq <= audit_cut.seq",
)
BELOW_A_CUT = triggers.Unless(
    "refuse_uncut_link", "SELECT 1 FROM audit_cut WHERE OLD.seq <= audit_cut.seq"
)
REPLACED = triggers.Unless(
    "refuse_last_cut", "SELECT 1 FROM audit_cut WHERE OLD.seq < audit_cut.seq"
)

triggers.guard(table_of(Entry), unless=CUT_AWAY)
triggers.guard(table_of(Link), unless=BELOW_A_CUT)
triggers.guard(table_of(Cut), unless=REPLACED)
triggers.guard(table_of(Anchor))
