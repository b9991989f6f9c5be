"""Imports, each with where its addresses come from, and the addresses that wait to be taken."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal
from mailer.subscriptions.imports.columns import Fate
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import MailingList

ANSWERS = "answers for where the addresses come from, as long as the proofs that name the import"


def words(kind: type[Stage | Fate], name: str) -> Enum:
    """A column of one of those words, checked by the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=name,
        values_callable=lambda members: [member.value for member in members],
        length=10,
    )


class Import(Base):
    """One file: what it is, where its addresses come from, who answers for it, how far it is."""

    __tablename__ = "import"
    __table_args__ = (
        CheckConstraint(
            "stage NOT IN ('writing', 'done', 'undoing', 'undone') OR list_id IS NOT NULL",
            name="written_to_a_list",
        ),
        Index(None, "stage"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    list_id: Mapped[int | None] = mapped_column(ForeignKey("mailing_list.id"), info=PLAIN)
    stage: Mapped[Stage] = mapped_column(words(Stage, "stage_known"), info=PLAIN)
    file_name: Mapped[str] = mapped_column(info=PLAIN)
    sha256: Mapped[str] = mapped_column(info=PLAIN)
    encoding: Mapped[str] = mapped_column(info=PLAIN)
    separator: Mapped[str] = mapped_column(info=PLAIN)
    header: Mapped[list[str]] = mapped_column(JSON, info=PLAIN)
    roles: Mapped[list[str]] = mapped_column(JSON, default=list, info=PLAIN)
    product: Mapped[str] = mapped_column(info=PLAIN)
    source: Mapped[str] = mapped_column(default="", info=PLAIN)
    collected_on: Mapped[date | None] = mapped_column(info=PLAIN)
    notice_sha256: Mapped[str | None] = mapped_column(ForeignKey("notice.sha256"), info=PLAIN)
    answerable: Mapped[str] = mapped_column(
        default="",
        info=personal(Category.NAME, Purpose.STAFF, "proof_years", Erasure.KEEP, ANSWERS),
    )
    actor: Mapped[str] = mapped_column(info=PLAIN)
    received_at: Mapped[datetime] = mapped_column(info=PLAIN)
    approved_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    began_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    done_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    asked_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    lease_until: Mapped[datetime | None] = mapped_column(info=PLAIN)
    rows_done: Mapped[int] = mapped_column(default=0, info=PLAIN)
    rows_total: Mapped[int] = mapped_column(default=0, info=PLAIN)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PLAIN)
    taken: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PLAIN)
    trouble: Mapped[str] = mapped_column(default="", info=PLAIN)
    trouble_line: Mapped[int] = mapped_column(default=0, info=PLAIN)

    mailing_list: Mapped[MailingList | None] = relationship()

    @property
    def origin(self) -> str:
        """How the record of consents names this import."""
        return f"import:{self.id}"

    @property
    def purpose(self) -> str:
        """How the record of consents names the list."""
        return self.mailing_list.purpose if self.mailing_list else ""

    @property
    def is_vouched(self) -> bool:
        """Whether it can be shown what the people were told and where, and somebody answers."""
        return bool(self.source and self.notice_sha256 and self.answerable)

    @property
    def is_proven(self) -> bool:
        """Whether it can be shown when too, of all of them; else a row may bring its own date."""
        return self.is_vouched and self.collected_on is not None


WAITING = "import_file_days"


class ImportRow(Base):
    """An address that was read and waits to be taken; gone once it is taken, or after a day."""

    __tablename__ = "import_row"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("import.id", ondelete="CASCADE"),
        primary_key=True,
        info=personal(Category.HISTORY, Purpose.NEWSLETTER, WAITING, Erasure.DELETE),
    )
    fingerprint: Mapped[str] = mapped_column(
        primary_key=True,
        info=personal(Category.FINGERPRINT, Purpose.NEWSLETTER, WAITING, Erasure.DELETE),
    )
    address: Mapped[str] = mapped_column(
        info=personal(Category.EMAIL, Purpose.NEWSLETTER, WAITING, Erasure.DELETE)
    )
    language: Mapped[str] = mapped_column(
        info=personal(Category.CHOICE, Purpose.NEWSLETTER, WAITING, Erasure.DELETE)
    )
    fate: Mapped[Fate] = mapped_column(
        words(Fate, "fate_known"),
        info=personal(Category.HISTORY, Purpose.NEWSLETTER, WAITING, Erasure.DELETE),
    )
    # When the person said yes and from which network, as the file itself has it.
    given_at: Mapped[datetime | None] = mapped_column(
        info=personal(Category.HISTORY, Purpose.NEWSLETTER, WAITING, Erasure.DELETE)
    )
    network: Mapped[str] = mapped_column(
        default="",
        server_default="",
        info=personal(Category.NETWORK, Purpose.NEWSLETTER, WAITING, Erasure.DELETE),
    )
