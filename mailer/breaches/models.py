"""Incidents: what happened, who was told of it, when, and what may be the trace of another."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.breaches.kinds import Cause, Detector, Exemption, Phase, Risk, Told
from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal
from mailer.rights.proceedings import words


class BreachCounter(Base):
    """The last number given in a year. Its row is the lock that keeps references without gaps."""

    __tablename__ = "breach_reference_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    last: Mapped[int] = mapped_column(info=PLAIN)


class Breach(Base):
    """One incident, as the authority's form asks for it. It names nobody."""

    __tablename__ = "breach"
    __table_args__ = (
        CheckConstraint("began_at <= aware_at", name="began_before"),
        CheckConstraint("discovered_at <= aware_at", name="discovered_before"),
        CheckConstraint("(exemption IS NULL) = (exemption_reason = '')", name="exemption_said"),
        Index(None, "closed_at", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    reference: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    opened_at: Mapped[datetime] = mapped_column(info=PLAIN)
    rulebook_version: Mapped[str] = mapped_column(info=PLAIN)
    began_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    discovered_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # When it was known with enough certainty: from then on the hours count (GDPR art. 33(1)).
    aware_at: Mapped[datetime] = mapped_column(info=PLAIN)
    found_how: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    circumstances: Mapped[str] = mapped_column(Text, info=PLAIN)
    cause: Mapped[Cause] = mapped_column(words(Cause), default=Cause.UNKNOWN, info=PLAIN)
    natures: Mapped[list[str]] = mapped_column(JSON, default=list, info=PLAIN)
    data: Mapped[list[str]] = mapped_column(JSON, default=list, info=PLAIN)
    people: Mapped[list[str]] = mapped_column(JSON, default=list, info=PLAIN)
    persons_count: Mapped[int | None] = mapped_column(info=PLAIN)
    records_count: Mapped[int | None] = mapped_column(info=PLAIN)
    safeguards: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    consequences: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    measures_taken: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    measures_planned: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    risk: Mapped[Risk | None] = mapped_column(words(Risk), info=PLAIN)
    risk_reason: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    is_cross_border: Mapped[bool] = mapped_column(default=False, server_default=false(), info=PLAIN)
    countries: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    processors: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    # Whom it touched (scope.py), once the officer has chosen.
    scope: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=PLAIN)
    # Why the persons are not told one by one (GDPR art. 34(3)), and what shows it.
    exemption: Mapped[Exemption | None] = mapped_column(words(Exemption), info=PLAIN)
    exemption_reason: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    closed_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    closing_words: Mapped[str] = mapped_column(Text, default="", info=PLAIN)

    notifications: Mapped[list["Notification"]] = relationship(
        order_by="Notification.id", cascade="all, delete-orphan", passive_deletes=True
    )
    letters: Mapped[list["BreachLetter"]] = relationship(
        order_by="BreachLetter.language", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def phases(self) -> tuple[Phase, ...]:
        """What the authority was told so far, in its order."""
        return tuple(each.phase for each in self.notifications)


class Notification(Base):
    """The authority was told: when, in which phase, under which number of theirs."""

    __tablename__ = "breach_notification"
    __table_args__ = (
        Index(None, "breach_id"),
        # All that follow the first complete it.
        Index(
            "uq_breach_notification_first",
            "breach_id",
            unique=True,
            sqlite_where=text("phase <> 'complement'"),
            postgresql_where=text("phase <> 'complement'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id", ondelete="CASCADE"), info=PLAIN)
    phase: Mapped[Phase] = mapped_column(words(Phase), info=PLAIN)
    notified_at: Mapped[datetime] = mapped_column(info=PLAIN)
    number: Mapped[str] = mapped_column(info=PLAIN)
    # Why it came after the time (GDPR art. 33(1)); empty when it did not.
    delay_reasons: Mapped[str] = mapped_column(Text, default="", info=PLAIN)


class BreachLetter(Base):
    """What the officer writes to the persons in one language: the free parts of the letter.

    From the moment it leaves, `source` is what everybody was told, and changes no more.
    """

    __tablename__ = "breach_letter"

    breach_id: Mapped[int] = mapped_column(
        ForeignKey("breach.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    language: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    nature: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    consequences: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    measures: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    advice: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    remark: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    source: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    # The words of the template it was made from (rights/composing.version).
    version: Mapped[str] = mapped_column(default="", info=PLAIN)
    left_at: Mapped[datetime | None] = mapped_column(info=PLAIN)


def _proves(category: Category) -> Declared:
    because = "proof that the person was told of the incident, which the law asks for"
    return personal(category, Purpose.BREACH, "breach_years", Erasure.KEEP, because)


TOLD = _proves(Category.HISTORY)


class TouchedPerson(Base):
    """One person to be told of one incident, and what became of the letter.

    The address stands here until the letter is in the outbox, so that nobody is lost in between.
    """

    __tablename__ = "breach_person"
    __table_args__ = (
        UniqueConstraint("breach_id", "fingerprint"),
        Index(None, "fingerprint"),
        Index(None, "state", "id"),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    breach_id: Mapped[int] = mapped_column(ForeignKey("breach.id", ondelete="CASCADE"), info=TOLD)
    fingerprint: Mapped[str] = mapped_column(info=_proves(Category.FINGERPRINT))
    address: Mapped[str] = mapped_column(
        info=personal(Category.EMAIL, Purpose.BREACH, "breach_years", Erasure.EMPTY)
    )
    language: Mapped[str] = mapped_column(info=_proves(Category.CHOICE))
    state: Mapped[Told] = mapped_column(words(Told), info=TOLD)
    message_id: Mapped[str] = mapped_column(default="", index=True, info=TOLD)
    at: Mapped[datetime] = mapped_column(info=TOLD)
    # What the relay answered last (RFC 3463), never its text.
    status: Mapped[str] = mapped_column(default="", info=TOLD)


class BreachReminder(Base):
    """A reminder that was given. Its key makes each timer of an incident ring once."""

    __tablename__ = "breach_reminder"

    breach_id: Mapped[int] = mapped_column(
        ForeignKey("breach.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    timer: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    given_at: Mapped[datetime] = mapped_column(info=PLAIN)


class Suspicion(Base):
    """What a detector found, until the officer opens an incident or says why it is none."""

    __tablename__ = "breach_suspicion"
    __table_args__ = (
        # The same thing is proposed once.
        UniqueConstraint("detector", "key"),
        CheckConstraint(
            "decided_at IS NULL OR breach_id IS NOT NULL OR reason <> ''", name="decision_said"
        ),
        Index(None, "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    detector: Mapped[Detector] = mapped_column(words(Detector), info=PLAIN)
    key: Mapped[str] = mapped_column(info=PLAIN)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, info=PLAIN)
    seen_at: Mapped[datetime] = mapped_column(info=PLAIN)
    decided_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    reason: Mapped[str] = mapped_column(Text, default="", info=PLAIN)
    breach_id: Mapped[int | None] = mapped_column(
        ForeignKey("breach.id", ondelete="CASCADE"), index=True, info=PLAIN
    )
