"""Campaigns, and the ledger: what was promised to each person and what became of it."""

import secrets
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Enum,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from mailer.consent.models import words as known_words
from mailer.consent.tracking import Mode
from mailer.db import NUMBERED_ONCE, Base
from mailer.delivery.consequences import Failure
from mailer.delivery.states import CampaignState, DeliveryState
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal
from mailer.subscriptions.segments.predicate import Node
from mailer.subscriptions.segments.stored import from_json

# SQLite numbers rows by itself only in a column called INTEGER.
Number = BigInteger().with_variant(Integer, "sqlite")


DECIDED = personal(
    Category.HISTORY, Purpose.STAFF, "proof_years", Erasure.KEEP, "who decided to send, by number"
)
DETACHED = personal(Category.HISTORY, Purpose.NEWSLETTER, "logs_months", Erasure.EMPTY)
COUNTED = personal(
    Category.HISTORY,
    Purpose.NEWSLETTER,
    "logs_months",
    Erasure.KEEP,
    "the mail counts, of nobody once it is detached",
)


def words(kind: type[StrEnum]) -> Enum:
    """The words of the enumeration, as text with a check."""
    return Enum(kind, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20)


def new_salt() -> str:
    """What makes the Message-IDs of one campaign ours alone."""
    return secrets.token_hex(8)


class Campaign(Base):
    """One letter to one list, once: `run` counts how often that was decided."""

    __tablename__ = "campaign"
    __table_args__ = (
        # Twenty presses of one button ask for the same run, and make one campaign.
        UniqueConstraint("issue_id", "list_id", "run"),
        CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name="failure_said"),
        CheckConstraint("state <> 'waiting' OR retry_at IS NOT NULL", name="wait_ends"),
        Index(None, "state", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), info=PLAIN)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_list.id"), index=True, info=PLAIN)
    run: Mapped[int] = mapped_column(info=PLAIN)
    salt: Mapped[str] = mapped_column(default=new_salt, info=PLAIN)
    # What was approved when it was decided to send it: nothing else leaves.
    content_hash: Mapped[str] = mapped_column(String(64), info=PLAIN)
    # The campaign whose readers alone get this letter, which corrects theirs.
    corrects: Mapped[int | None] = mapped_column(info=PLAIN)
    state: Mapped[CampaignState] = mapped_column(words(CampaignState), info=PLAIN)
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=DECIDED)
    created_at: Mapped[datetime] = mapped_column(info=PLAIN)
    starts_at: Mapped[datetime] = mapped_column(info=PLAIN)
    started_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    ended_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    retry_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    failure: Mapped[Failure | None] = mapped_column(words(Failure), info=PLAIN)
    # The field, or the status code of the relay, that the sentence about the failure names.
    failure_detail: Mapped[str | None] = mapped_column(info=PLAIN)
    # What is told to the sites that its links lead to; without a source nothing is.
    utm_source: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    utm_medium: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    utm_campaign: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # Whom of the list it is for, as it was read when that was decided; everybody, without a text.
    # The number is for information: the segment may change, or go.
    segment_id: Mapped[int | None] = mapped_column(index=True, info=PLAIN)
    segment_name: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    segment_text: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    predicate: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True), info=PLAIN)
    # What the sender chose to measure: less than this may be measured, never more.
    tracking: Mapped[Mode] = mapped_column(known_words(Mode), default=Mode.NONE, info=PLAIN)

    @property
    def where(self) -> Node | None:
        """What the segment asks of people; None when the campaign is for the whole list."""
        return from_json(self.predicate) if self.predicate else None


class ElectionPeriod(Base):
    """Days, both included, on which a letter is looked at once more before it leaves."""

    __tablename__ = "election_period"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    name: Mapped[str] = mapped_column(info=PLAIN)
    first_day: Mapped[date] = mapped_column(info=PLAIN)
    last_day: Mapped[date] = mapped_column(info=PLAIN)


class Delivery(Base):
    """One mail to one person. `next_at` stands exactly while something is left to do."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("campaign_id", "subscriber_id"),
        CheckConstraint(
            "(next_at IS NOT NULL) = (state IN ('queued', 'deferred'))", name="to_do_has_hour"
        ),
        CheckConstraint("(lease_until IS NOT NULL) = (state = 'leased')", name="leased_has_end"),
        Index(
            "ix_delivery_to_do",
            "campaign_id",
            "next_at",
            "id",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
        Index(
            "ix_delivery_leased",
            "lease_until",
            sqlite_where=text("lease_until IS NOT NULL"),
            postgresql_where=text("lease_until IS NOT NULL"),
        ),
        # In doubt are few: nobody looks for them among all that was ever sent.
        Index(
            "ix_delivery_uncertain",
            "campaign_id",
            "id",
            sqlite_where=text("state = 'uncertain'"),
            postgresql_where=text("state = 'uncertain'"),
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, info=PLAIN)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), info=COUNTED)
    # Empty once the person was erased: the mail still counts, of nobody.
    subscriber_id: Mapped[int | None] = mapped_column(
        ForeignKey("subscriber.id", ondelete="SET NULL"), index=True, info=DETACHED
    )
    state: Mapped[DeliveryState] = mapped_column(words(DeliveryState), info=COUNTED)
    attempts: Mapped[int] = mapped_column(default=0, info=PLAIN)
    # How often it was sent again after an end that nobody knows.
    repeats: Mapped[int] = mapped_column(default=0, server_default="0", info=PLAIN)
    # Which of the subjects it tries; empty for whoever gets the one that is chosen.
    variant: Mapped[int | None] = mapped_column(SmallInteger, info=PLAIN)
    next_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    lease_owner: Mapped[str | None] = mapped_column(info=PLAIN)
    lease_until: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # The enhanced status code of the last answer (RFC 3463), never its text.
    status: Mapped[str | None] = mapped_column(info=COUNTED)
    at: Mapped[datetime] = mapped_column(info=COUNTED)
