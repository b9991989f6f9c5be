"""What was answered to a program that may ask the same again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN


class ApiAttempt(Base):
    """One request with an Idempotency-Key: under way, or with what was answered to it."""

    __tablename__ = "api_attempt"
    __table_args__ = (
        CheckConstraint("(status IS NULL) = (answer IS NULL)", name="answered_whole"),
        Index(None, "began_at"),
    )

    key_id: Mapped[int] = mapped_column(
        ForeignKey("api_key.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    # Digests: a program may put anything into its key, and what it sent holds addresses.
    given_digest: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)
    request_digest: Mapped[str] = mapped_column(info=PLAIN)
    began_at: Mapped[datetime] = mapped_column(info=PLAIN)
    lease_until: Mapped[datetime] = mapped_column(info=PLAIN)
    claim: Mapped[str] = mapped_column(info=PLAIN)
    status: Mapped[int | None] = mapped_column(info=PLAIN)
    answer: Mapped[str | None] = mapped_column(Text, info=PLAIN)
    location: Mapped[str] = mapped_column(default="", info=PLAIN)
