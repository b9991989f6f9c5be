"""The versions of the record of processing: one each time that something changed."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN


class RegisterVersion(Base):
    """The record as it stood from that time on, until the next version."""

    __tablename__ = "register_version"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    since: Mapped[datetime] = mapped_column(info=PLAIN)
    sha256: Mapped[str] = mapped_column(info=PLAIN)
    content: Mapped[str] = mapped_column(Text, info=PLAIN)
