"""Series of letters, the letters, and what was drawn of them when they were approved."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import Base
from mailer.newsletters.approvals import Act
from mailer.newsletters.checks.facts import Standing
from mailer.newsletters.content import Rendered
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.pausing import Frequency

DID = personal(
    Category.REFERENCE, Purpose.STAFF, "proof_years", Erasure.KEEP, "who wrote it, by number"
)
WRITTEN = personal(
    Category.REFERENCE, Purpose.STAFF, "logs_months", Erasure.KEEP, "who wrote, by number"
)


class State(StrEnum):
    """A draft is edited; an approved letter is what leaves, and changes no more."""

    DRAFT = "draft"
    APPROVED = "approved"


class Newsletter(Base):
    """The series that letters belong to: its name, and the list that receives it."""

    __tablename__ = "newsletter"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    name: Mapped[str] = mapped_column(info=PLAIN)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_list.id"), unique=True, info=PLAIN)

    mailing_list: Mapped[MailingList] = relationship()


class Issue(Base):
    """One letter. Its blocks are copies: no feed changes them; each save raises the revision."""

    __tablename__ = "issue"
    __table_args__ = (
        CheckConstraint("state <> 'approved' OR approved_at IS NOT NULL", name="approved_dated"),
        Index(None, "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    newsletter_id: Mapped[int] = mapped_column(ForeignKey("newsletter.id"), index=True, info=PLAIN)
    subject: Mapped[str] = mapped_column(default="", info=PLAIN)
    preheader: Mapped[str] = mapped_column(default="", info=PLAIN)
    language: Mapped[str] = mapped_column(String(5), info=PLAIN)
    state: Mapped[State] = mapped_column(
        Enum(State, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        default=State.DRAFT,
        info=PLAIN,
    )
    blocks: Mapped[dict[str, object]] = mapped_column(JSON, info=PLAIN)
    # The name of a theme; what was chosen of it stands apart (themes/models.py).
    theme: Mapped[str] = mapped_column(
        String(60), default="estran", server_default="estran", info=PLAIN
    )
    revision: Mapped[int] = mapped_column(default=1, info=PLAIN)
    created_at: Mapped[datetime] = mapped_column(info=PLAIN)
    updated_at: Mapped[datetime] = mapped_column(info=PLAIN)
    approved_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # When a campaign first froze it: it is never taken back after that, and the archive shows it.
    sent_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)

    # Since when a draft is in the trash: nobody sees it there but the page of the trash.
    trashed_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # The revision that the letter shows: undo and redo go from there.
    stands_at: Mapped[int | None] = mapped_column(info=PLAIN)

    newsletter: Mapped[Newsletter] = relationship()
    letter: Mapped["ApprovedLetter | None"] = relationship(
        back_populates="issue", cascade="all, delete-orphan"
    )

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


class ApprovedLetter(Base):
    """The letter as drawn at approval: what leaves, and the page that anybody may read."""

    __tablename__ = "approved_letter"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True, info=PLAIN)
    # What was approved: all that was written, and all that was drawn of it (approvals.py).
    content_hash: Mapped[str] = mapped_column(String(64), info=PLAIN)
    subject: Mapped[str] = mapped_column(info=PLAIN)
    html: Mapped[str] = mapped_column(Text, info=PLAIN)
    text: Mapped[str] = mapped_column(Text, info=PLAIN)
    web_html: Mapped[str] = mapped_column(Text, info=PLAIN)
    # What the archive tells of it, with nothing of any reader; `searched` without accents.
    web_title: Mapped[str] = mapped_column(info=PLAIN)
    web_summary: Mapped[str] = mapped_column(info=PLAIN)
    web_text: Mapped[str] = mapped_column(Text, info=PLAIN)
    searched: Mapped[str] = mapped_column(Text, info=PLAIN)

    issue: Mapped[Issue] = relationship(back_populates="letter")
    versions: Mapped[list["ApprovedVersion"]] = relationship(cascade="all, delete-orphan")

    @property
    def rendered(self) -> Rendered:
        """The letter as delivery/messages.py merges it."""
        return Rendered(self.subject, self.html, self.text)

    @property
    def drawn(self) -> list[Rendered]:
        """All that leaves of it: the letter, then its versions."""
        versions = sorted(self.versions, key=lambda each: (each.language, each.frequency))
        return [self.rendered, *(Rendered(self.subject, v.html, v.text) for v in versions)]


class ApprovedVersion(Base):
    """The same letter for readers to whom a condition shows other blocks."""

    __tablename__ = "approved_version"

    issue_id: Mapped[int] = mapped_column(
        ForeignKey("approved_letter.issue_id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    language: Mapped[str] = mapped_column(String(5), primary_key=True, info=PLAIN)
    frequency: Mapped[Frequency] = mapped_column(
        Enum(
            Frequency, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20
        ),
        primary_key=True,
        info=PLAIN,
    )
    html: Mapped[str] = mapped_column(Text, info=PLAIN)
    text: Mapped[str] = mapped_column(Text, info=PLAIN)


class TrialGroup(Base):
    """People who are shown letters before they leave, under a name that staff choose."""

    __tablename__ = "trial_group"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    name: Mapped[str] = mapped_column(unique=True, info=PLAIN)

    readers: Mapped[list["TrialReader"]] = relationship(
        cascade="all, delete-orphan", order_by="TrialReader.address", lazy="selectin"
    )


class TrialReader(Base):
    """The address of one of them."""

    __tablename__ = "trial_reader"

    group_id: Mapped[int] = mapped_column(
        ForeignKey("trial_group.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    address: Mapped[str] = mapped_column(
        primary_key=True,
        info=personal(Category.EMAIL, Purpose.STAFF, "proof_years", Erasure.DELETE),
    )


class LetterEvent(Base):
    """One step of a letter to its approval. Edits of one person in a row are one event."""

    __tablename__ = "letter_event"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    issue_id: Mapped[int] = mapped_column(
        ForeignKey("issue.id", ondelete="CASCADE"), index=True, info=PLAIN
    )
    act: Mapped[Act] = mapped_column(
        Enum(Act, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        info=PLAIN,
    )
    # As the audit record names them: "account:3"; "" when it was no person.
    actor: Mapped[str] = mapped_column(info=DID)
    content_hash: Mapped[str] = mapped_column(String(64), info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=PLAIN)


class LinkCheck(Base):
    """A link of a letter, and what became of it when it was last tried."""

    __tablename__ = "link_check"

    # The SHA-256 of the address, which may be longer than an index holds.
    digest: Mapped[str] = mapped_column(String(64), primary_key=True, info=PLAIN)
    url: Mapped[str] = mapped_column(Text, info=PLAIN)
    # The last time that a letter wanted to know.
    asked_at: Mapped[datetime] = mapped_column(index=True, info=PLAIN)
    # None once it was tried.
    due_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)
    tried_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    standing: Mapped[Standing | None] = mapped_column(
        Enum(
            Standing, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20
        ),
        info=PLAIN,
    )


class IssueRevision(Base):
    """The letter as somebody left it, and the revision that it was written upon."""

    __tablename__ = "issue_revision"

    issue_id: Mapped[int] = mapped_column(
        ForeignKey("issue.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    # None for the first, and once that one is forgotten nothing has its number.
    follows: Mapped[int | None] = mapped_column(info=PLAIN)
    subject: Mapped[str] = mapped_column(info=PLAIN)
    preheader: Mapped[str] = mapped_column(info=PLAIN)
    blocks: Mapped[dict[str, object]] = mapped_column(JSON, info=PLAIN)
    # As the audit record names it: `account:3`; empty for what stood there before.
    actor: Mapped[str] = mapped_column(info=WRITTEN)
    began_at: Mapped[datetime] = mapped_column(info=PLAIN)
    saved_at: Mapped[datetime] = mapped_column(index=True, info=PLAIN)
