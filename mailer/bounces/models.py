"""What sending services told us, until a job draws the consequence; and how much was refused."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.delivery.models import Number, words
from mailer.mail.returned import Kind, Reason
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal

TOLD = personal(Category.HISTORY, Purpose.NEWSLETTER, "logs_months", Erasure.DELETE)


class ProviderEvent(Base):
    """One thing that a service told of one recipient, without a word of theirs.

    `delivery_id` stands only when a return-path or a Message-ID that we made names it.
    `handled_at` is empty until the consequence is drawn.
    """

    __tablename__ = "provider_event"
    __table_args__ = (
        UniqueConstraint("provider", "event_id"),
        Index(None, "fingerprint"),
        Index(None, "received_at"),
        Index(
            "ix_provider_event_to_do",
            "id",
            sqlite_where=text("handled_at IS NULL"),
            postgresql_where=text("handled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True, info=PLAIN)
    provider: Mapped[str] = mapped_column(info=PLAIN)
    event_id: Mapped[str] = mapped_column(info=PLAIN)
    # Empty when what the service wrote is no address.
    fingerprint: Mapped[str] = mapped_column(
        info=personal(Category.FINGERPRINT, Purpose.NEWSLETTER, "logs_months", Erasure.DELETE)
    )
    kind: Mapped[Kind] = mapped_column(words(Kind), info=TOLD)
    reason: Mapped[Reason] = mapped_column(words(Reason), info=TOLD)
    status: Mapped[str] = mapped_column(info=TOLD)
    is_permanent: Mapped[bool | None] = mapped_column(info=PLAIN)
    feedback_type: Mapped[str] = mapped_column(info=PLAIN)
    # Whether nobody else can have written it: only then is an address given up.
    is_proven: Mapped[bool] = mapped_column(default=True, server_default=true(), info=PLAIN)
    delivery_id: Mapped[int | None] = mapped_column(BigInteger, index=True, info=TOLD)
    at: Mapped[datetime | None] = mapped_column(info=TOLD)
    received_at: Mapped[datetime] = mapped_column(info=PLAIN)
    handled_at: Mapped[datetime | None] = mapped_column(info=PLAIN)


class RefusedRequest(Base):
    """How many requests in the name of a service were refused on a day."""

    __tablename__ = "refused_request"

    provider: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    day: Mapped[date] = mapped_column(primary_key=True, info=PLAIN)
    number: Mapped[int] = mapped_column(info=PLAIN)
