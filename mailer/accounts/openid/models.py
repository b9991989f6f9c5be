"""Who somebody of an account is at the provider."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal

HELD = personal(Category.HISTORY, Purpose.STAFF, "logs_months", Erasure.DELETE)


class AccountIdentity(Base):
    """The account that somebody of the provider opens: one each, so no address is passed on."""

    __tablename__ = "account_identity"
    __table_args__ = (
        UniqueConstraint("issuer", "subject_id"),
        UniqueConstraint("account_id", "issuer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), info=HELD)
    issuer: Mapped[str] = mapped_column(info=HELD)
    # The claim `sub`: at ProConnect, another for each site.
    subject_id: Mapped[str] = mapped_column(info=HELD)
    # The account was made from groups of the provider, and its roles follow them.
    follows_groups: Mapped[bool] = mapped_column(info=HELD)
    created_at: Mapped[datetime] = mapped_column(info=HELD)
    used_at: Mapped[datetime] = mapped_column(info=HELD)
