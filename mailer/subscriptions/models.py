"""Lists, people, who receives which list, and the links sent to confirm it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal
from mailer.subscriptions.states import State

STATE = Enum(
    State,
    native_enum=False,
    create_constraint=True,
    name="state_known",
    values_callable=lambda members: [member.value for member in members],
    length=10,
)


class MailingList(Base):
    """What one can receive: its name, what comes, and how often, as the form says it."""

    __tablename__ = "mailing_list"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    frequency: Mapped[str]

    @property
    def purpose(self) -> str:
        """How the record of consents names this list."""
        return f"list:{self.slug}"


class Subscriber(Base):
    """Someone who asked to receive at least one list."""

    __tablename__ = "subscriber"
    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(index=True, info={"personal": "email"})
    fingerprint: Mapped[str] = mapped_column(unique=True, info={"personal": "fingerprint"})
    language: Mapped[str] = mapped_column(info={"personal": "language"})
    created_at: Mapped[datetime]

    subscriptions: Mapped[list["Subscription"]] = relationship(
        back_populates="subscriber", cascade="all, delete-orphan", passive_deletes=True
    )


class Subscription(Base):
    """One person and one list. It points at the event that proves where it stands."""

    __tablename__ = "subscription"
    __table_args__ = (
        UniqueConstraint("list_id", "subscriber_id"),
        CheckConstraint("state <> 'active' OR confirmed_at IS NOT NULL", name="active_confirmed"),
        CheckConstraint("state <> 'ended' OR ended_at IS NOT NULL", name="ended_dated"),
        Index(None, "subscriber_id"),
        Index(None, "list_id", "state", "subscriber_id"),
        Index(None, "state", "requested_at"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_list.id"))
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))
    state: Mapped[State] = mapped_column(STATE)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent_event.id"))
    requested_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_origin: Mapped[str] = mapped_column(default="")

    subscriber: Mapped[Subscriber] = relationship(back_populates="subscriptions")
    mailing_list: Mapped[MailingList] = relationship()


class Confirmation(Base):
    """One confirmation mail: to whom, when, for which subscriptions, and when it was used."""

    __tablename__ = "confirmation"
    __table_args__ = (Index(None, "subscriber_id", "sent_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id", ondelete="CASCADE"))
    sent_at: Mapped[datetime]
    message_id: Mapped[str] = mapped_column(default="")
    used_at: Mapped[datetime | None]

    subscriber: Mapped[Subscriber] = relationship()
    subscriptions: Mapped[list[Subscription]] = relationship(
        secondary="confirmation_line", order_by=Subscription.list_id
    )

    @property
    def was_pressed(self) -> bool:
        """Whether its button was; a mail with nothing to confirm is used from the start."""
        return self.used_at is not None and self.used_at > self.sent_at


class ConfirmationLine(Base):
    """One subscription that the link would confirm."""

    __tablename__ = "confirmation_line"

    confirmation_id: Mapped[int] = mapped_column(
        ForeignKey("confirmation.id", ondelete="CASCADE"), primary_key=True
    )
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True
    )


ASKED = personal(Category.HISTORY, Purpose.NEWSLETTER, "prospect_months", Erasure.DELETE)


class Renewal(Base):
    """One question, after years of silence, whether the person still wants the letters."""

    __tablename__ = "renewal"
    __table_args__ = (Index(None, "subscriber_id", "asked_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), info=ASKED
    )
    asked_at: Mapped[datetime] = mapped_column(index=True, info=ASKED)
    answered_at: Mapped[datetime | None] = mapped_column(info=ASKED)

    subscriber: Mapped[Subscriber] = relationship()
