"""The segments that are kept."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal
from mailer.subscriptions.segments.predicate import Node
from mailer.subscriptions.segments.stored import from_json

DRAWN = personal(
    Category.HISTORY, Purpose.STAFF, "proof_years", Erasure.KEEP, "who drew it, by number"
)


class Segment(Base):
    """A predicate with a name, and who saved it last."""

    __tablename__ = "segment"
    __table_args__ = (NUMBERED_ONCE,)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    name: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    predicate: Mapped[dict[str, object]] = mapped_column(JSON, info=PLAIN)
    saved_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=DRAWN)
    saved_at: Mapped[datetime] = mapped_column(info=PLAIN)

    @property
    def where(self) -> Node:
        """What it asks of people."""
        return from_json(self.predicate)
