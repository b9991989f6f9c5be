"""The record of what staff did and looked at. It names things by kind and id, as text."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal


def _logged(category: Category) -> Declared:
    because = "who did what at the desk; it names things by number, which nothing answers to later"
    return personal(category, Purpose.SECURITY, "logs_months", Erasure.KEEP, because)


NAMED = _logged(Category.REFERENCE)
DONE = _logged(Category.HISTORY)


class Entry(Base):
    """One act: who, when, what, on which thing."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    at: Mapped[datetime] = mapped_column(info=DONE)
    actor: Mapped[str] = mapped_column(info=NAMED)
    verb: Mapped[str] = mapped_column(info=DONE)
    subject: Mapped[str] = mapped_column(info=NAMED)
