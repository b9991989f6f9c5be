"""The keys with which programs ask; what opens them is stored as a hash."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mailer.accounts.keys.scopes import Scope
from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Erasure, Purpose, personal

MADE = personal(
    Category.HISTORY, Purpose.STAFF, "logs_months", Erasure.KEEP, "who made the key, by number"
)


class ApiKey(Base):
    """What one program may do, until a day; ending it is letting it expire at once."""

    __tablename__ = "api_key"
    __table_args__ = (Index(None, "expires_at"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    name: Mapped[str] = mapped_column(info=PLAIN)
    secret_hash: Mapped[str] = mapped_column(unique=True, info=PLAIN)
    # The first characters of the secret, which open nothing.
    beginning: Mapped[str] = mapped_column(info=PLAIN)
    scopes: Mapped[str] = mapped_column(info=PLAIN)
    created_by: Mapped[int] = mapped_column(ForeignKey("account.id"), info=MADE)
    created_at: Mapped[datetime] = mapped_column(info=PLAIN)
    expires_at: Mapped[datetime] = mapped_column(info=PLAIN)
    revoked_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    last_used_at: Mapped[datetime | None] = mapped_column(info=PLAIN)

    @property
    def may(self) -> tuple[Scope, ...]:
        return tuple(Scope(scope) for scope in self.scopes.split())
