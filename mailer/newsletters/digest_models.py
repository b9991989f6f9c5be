"""Automatic letters, their modes and periods; and which article was in which letter."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import Base
from mailer.newsletters.digest_states import Readership, RunState, Then, Why
from mailer.newsletters.models import Issue, Newsletter
from mailer.newsletters.periods import Rhythm, Timetable
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal
from mailer.subscriptions.pausing import Frequency

DECIDED = personal(
    Category.HISTORY, Purpose.STAFF, "proof_years", Erasure.KEEP, "who decided to send, by number"
)


def words(kind: type[StrEnum]) -> Enum:
    """The words of the enumeration, as text."""
    return Enum(kind, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20)


class SentArticle(Base):
    """An article that was in a letter to the list, for those who wanted letters that often."""

    __tablename__ = "sent_article"
    __table_args__ = (
        Index(None, "list_id", "key"),
        Index(None, "list_id", "article_id"),
    )

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True, info=PLAIN)
    list_id: Mapped[int] = mapped_column(
        ForeignKey("mailing_list.id"), primary_key=True, info=PLAIN
    )
    # The digest of its address, so that it is known under another number too.
    key: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    frequency: Mapped[Frequency] = mapped_column(words(Frequency), primary_key=True, info=PLAIN)
    # 0 for one that was typed by hand.
    article_id: Mapped[int] = mapped_column(info=PLAIN)
    sent_at: Mapped[datetime] = mapped_column(info=PLAIN)


class Digest(Base):
    """A letter that composes itself from its template; it stands still without `started_at`."""

    __tablename__ = "digest"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    newsletter_id: Mapped[int] = mapped_column(ForeignKey("newsletter.id"), unique=True, info=PLAIN)
    template_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), unique=True, info=PLAIN)
    then: Mapped[Then] = mapped_column(words(Then), info=PLAIN)
    # Articles of before that day are no news.
    since: Mapped[date] = mapped_column(info=PLAIN)
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=DECIDED)
    created_at: Mapped[datetime] = mapped_column(info=PLAIN)
    started_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Who had it leave by itself, and the digest of what that person saw.
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=DECIDED)
    confirmed_seal: Mapped[str] = mapped_column(default="", info=PLAIN)

    newsletter: Mapped[Newsletter] = relationship()
    template: Mapped[Issue] = relationship()
    modes: Mapped[list["DigestMode"]] = relationship(
        cascade="all, delete-orphan", order_by="DigestMode.frequency"
    )


class DigestMode(Base):
    """When the letter of one frequency leaves."""

    __tablename__ = "digest_mode"

    digest_id: Mapped[int] = mapped_column(
        ForeignKey("digest.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    frequency: Mapped[Frequency] = mapped_column(words(Frequency), primary_key=True, info=PLAIN)
    rhythm: Mapped[Rhythm] = mapped_column(words(Rhythm), info=PLAIN)
    # In Paris: "09:00"; Monday is 0: "0 1 2 3 4".
    hour: Mapped[str] = mapped_column(String(5), info=PLAIN)
    weekdays: Mapped[str] = mapped_column(String(13), info=PLAIN)
    day: Mapped[int] = mapped_column(info=PLAIN)
    # None while the letter stands still.
    next_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)

    @property
    def timetable(self) -> Timetable:
        """The same as periods.py reads it."""
        weekdays = tuple(int(each) for each in self.weekdays.split())
        return Timetable(self.rhythm, time.fromisoformat(self.hour), weekdays, self.day)


class DigestRun(Base):
    """One period of one mode, once: what became of it."""

    __tablename__ = "digest_run"
    __table_args__ = (
        UniqueConstraint("digest_id", "frequency", "period"),
        Index(None, "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    digest_id: Mapped[int] = mapped_column(ForeignKey("digest.id", ondelete="CASCADE"), info=PLAIN)
    frequency: Mapped[Frequency] = mapped_column(words(Frequency), info=PLAIN)
    period: Mapped[str] = mapped_column(String(10), info=PLAIN)
    # The frequencies that it serves: "each monthly".
    served: Mapped[str] = mapped_column(String(30), info=PLAIN)
    due_at: Mapped[datetime] = mapped_column(info=PLAIN)
    state: Mapped[RunState] = mapped_column(words(RunState), default=RunState.CLAIMED, info=PLAIN)
    why: Mapped[Why | None] = mapped_column(words(Why), info=PLAIN)
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), unique=True, info=PLAIN)
    articles: Mapped[int] = mapped_column(default=0, info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)

    digest: Mapped[Digest] = relationship()
    issue: Mapped[Issue | None] = relationship()

    @property
    def readership(self) -> Readership:
        """Whom its letter is for."""
        return Readership(self.frequency, tuple(map(Frequency, self.served.split())))
