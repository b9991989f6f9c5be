"""Lists, people, who receives which list, and the links sent to confirm it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.consent.bases import LawfulBasis
from mailer.consent.models import words
from mailer.consent.tracking import Mode
from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal
from mailer.subscriptions.lists import Archive
from mailer.subscriptions.pausing import Frequency
from mailer.subscriptions.reasons import Reason
from mailer.subscriptions.states import State

STATE = Enum(
    State,
    native_enum=False,
    create_constraint=True,
    name="state_known",
    values_callable=lambda members: [member.value for member in members],
    length=10,
)


def _gone(category: Category) -> Declared:
    return personal(category, Purpose.NEWSLETTER, "prospect_months", Erasure.DELETE)


CHOSEN = _gone(Category.CHOICE)
HAPPENED = _gone(Category.HISTORY)


class MailingList(Base):
    """What one can receive: its name, what comes, and how often, as the form says it."""

    __tablename__ = "mailing_list"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    slug: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    name: Mapped[str] = mapped_column(info=PLAIN)
    description: Mapped[str] = mapped_column(info=PLAIN)
    frequency: Mapped[str] = mapped_column(info=PLAIN)
    # What it is for, and on what it rests, as the notice says them (GDPR art. 13(1)(c)).
    aim: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    basis: Mapped[LawfulBasis] = mapped_column(
        words(LawfulBasis), default=LawfulBasis.CONSENT, server_default="consent", info=PLAIN
    )
    # The most that letters to this list may measure; the installation may allow less.
    tracking: Mapped[Mode] = mapped_column(words(Mode), default=Mode.NONE, info=PLAIN)
    # Whether whoever signs up must say that they are old enough (loi 78-17 art. 45).
    asks_age: Mapped[bool] = mapped_column(default=False, server_default=false(), info=PLAIN)

    # What it is about, and of which place: segments choose by them; empty says nothing.
    topic: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    territory: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # Who finds the letters that were sent, once they have left.
    archive: Mapped[Archive] = mapped_column(
        words(Archive), default=Archive.NONE, server_default="none", info=PLAIN
    )

    # What whoever has just confirmed reads first, in the list's own words; empty adds nothing.
    welcome: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # Found by its own address only: the form of all lists does not offer it.
    unlisted: Mapped[bool] = mapped_column(default=False, server_default=false(), info=PLAIN)
    # From when on nobody signs up and nothing is sent.
    closed_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)

    @property
    def purpose(self) -> str:
        """How the record of consents names this list."""
        return f"list:{self.slug}"


class Subscriber(Base):
    """Someone who asked to receive at least one list."""

    __tablename__ = "subscriber"
    # A million may have come in one instant: the first of them is found without sorting them.
    __table_args__ = (Index(None, "created_at", "id"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    address: Mapped[str] = mapped_column(index=True, info=_gone(Category.EMAIL))
    fingerprint: Mapped[str] = mapped_column(unique=True, info=_gone(Category.FINGERPRINT))
    language: Mapped[str] = mapped_column(info=CHOSEN)
    created_at: Mapped[datetime] = mapped_column(info=HAPPENED)
    # No letter leaves before that instant.
    paused_until: Mapped[datetime | None] = mapped_column(info=CHOSEN)

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

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    list_id: Mapped[int] = mapped_column(ForeignKey("mailing_list.id"), info=CHOSEN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), info=HAPPENED
    )
    state: Mapped[State] = mapped_column(STATE, info=CHOSEN)
    consent_id: Mapped[int] = mapped_column(
        ForeignKey("consent_event.id"), index=True, info=HAPPENED
    )
    requested_at: Mapped[datetime] = mapped_column(info=HAPPENED)
    confirmed_at: Mapped[datetime | None] = mapped_column(index=True, info=HAPPENED)
    ended_at: Mapped[datetime | None] = mapped_column(index=True, info=HAPPENED)
    ended_origin: Mapped[str] = mapped_column(default="", info=HAPPENED)
    frequency: Mapped[Frequency] = mapped_column(
        words(Frequency), default=Frequency.EACH, server_default="each", info=CHOSEN
    )

    subscriber: Mapped[Subscriber] = relationship(back_populates="subscriptions")
    mailing_list: Mapped[MailingList] = relationship()


class Confirmation(Base):
    """One confirmation mail: to whom, when, for which subscriptions, and when it was used."""

    __tablename__ = "confirmation"
    __table_args__ = (Index(None, "subscriber_id", "sent_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), info=HAPPENED
    )
    sent_at: Mapped[datetime] = mapped_column(info=HAPPENED)
    message_id: Mapped[str] = mapped_column(default="", info=HAPPENED)
    used_at: Mapped[datetime | None] = mapped_column(info=HAPPENED)
    # Whether the box about measuring was ticked: it counts once the button is pressed.
    agreed: Mapped[bool] = mapped_column(default=False, info=CHOSEN)

    subscriber: Mapped[Subscriber] = relationship()
    subscriptions: Mapped[list[Subscription]] = relationship(
        secondary="confirmation_line", order_by=Subscription.list_id
    )


class ConfirmationLine(Base):
    """One subscription that the link would confirm."""

    __tablename__ = "confirmation_line"

    confirmation_id: Mapped[int] = mapped_column(
        ForeignKey("confirmation.id", ondelete="CASCADE"), primary_key=True, info=HAPPENED
    )
    subscription_id: Mapped[int] = mapped_column(
        ForeignKey("subscription.id", ondelete="CASCADE"), primary_key=True, info=HAPPENED
    )


class Renewal(Base):
    """One question, after years of silence, whether the person still wants the letters."""

    __tablename__ = "renewal"
    __table_args__ = (Index(None, "subscriber_id", "asked_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), info=HAPPENED
    )
    asked_at: Mapped[datetime] = mapped_column(index=True, info=HAPPENED)
    answered_at: Mapped[datetime | None] = mapped_column(info=HAPPENED)

    subscriber: Mapped[Subscriber] = relationship()


class PreferenceChange(Base):
    """One press of "save": what the choices were and what they became, so that it can be undone."""

    __tablename__ = "preference_change"
    __table_args__ = (Index(None, "subscriber_id", "at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), info=HAPPENED
    )
    at: Mapped[datetime] = mapped_column(index=True, info=HAPPENED)
    before: Mapped[dict[str, object]] = mapped_column(JSON, info=CHOSEN)
    after: Mapped[dict[str, object]] = mapped_column(JSON, info=CHOSEN)
    undone_at: Mapped[datetime | None] = mapped_column(info=HAPPENED)


class AddressChange(Base):
    """A wish to receive elsewhere: nothing moves before both mailboxes have said yes."""

    __tablename__ = "address_change"
    __table_args__ = (Index(None, "subscriber_id", "asked_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), info=HAPPENED
    )
    address: Mapped[str] = mapped_column(info=_gone(Category.EMAIL))
    fingerprint: Mapped[str] = mapped_column(index=True, info=_gone(Category.FINGERPRINT))
    asked_at: Mapped[datetime] = mapped_column(index=True, info=HAPPENED)
    old_said_yes_at: Mapped[datetime | None] = mapped_column(info=HAPPENED)
    new_said_yes_at: Mapped[datetime | None] = mapped_column(info=HAPPENED)
    done_at: Mapped[datetime | None] = mapped_column(info=HAPPENED)

    subscriber: Mapped[Subscriber] = relationship()


class LeaveReason(Base):
    """How many gave that reason in that month for leaving the list: a number, of nobody."""

    __tablename__ = "leave_reason"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("mailing_list.id"), primary_key=True, info=PLAIN
    )
    month: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    reason: Mapped[Reason] = mapped_column(words(Reason), primary_key=True, info=PLAIN)
    number: Mapped[int] = mapped_column(info=PLAIN)
