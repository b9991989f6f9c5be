"""The record of what staff did and looked at. It names things by kind and id, as text."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base


class Entry(Base):
    """One act: who, when, what, on which thing."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    verb: Mapped[str]
    subject: Mapped[str]
