"""The mails that strangers caused, for a day: so that nobody's mailbox is filled through us."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal

ASKED = personal(Category.HISTORY, Purpose.SECURITY, "counter_days", Erasure.DELETE)


class AskedMail(Base):
    """One mail that somebody asked for in the name of that mailbox; answered, it was wanted."""

    __tablename__ = "asked_mail"
    __table_args__ = (Index(None, "fingerprint", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    fingerprint: Mapped[str] = mapped_column(
        info=personal(Category.FINGERPRINT, Purpose.SECURITY, "counter_days", Erasure.DELETE)
    )
    at: Mapped[datetime] = mapped_column(info=ASKED)
    is_answered: Mapped[bool] = mapped_column(default=False, info=ASKED)
