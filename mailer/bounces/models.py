"""What we are told of our mails until a job draws the consequence, and the mails that say more."""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from mailer.bounces.quarantine import Sort, State
from mailer.db import NUMBERED_ONCE, Base
from mailer.delivery.models import Number, words
from mailer.mail.returned import Kind, Reason
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, personal

TOLD = personal(Category.HISTORY, Purpose.NEWSLETTER, "logs_months", Erasure.DELETE)


def _mailed(category: Category) -> Declared:
    return personal(category, Purpose.NEWSLETTER, "bounce_days", Erasure.DELETE)


CAME = _mailed(Category.HISTORY)
SAID = _mailed(Category.MESSAGE)


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


class ReturnedMail(Base):
    """A mail that says something else than what became of ours, with what was done about it.

    The row is of who wrote it, as far as the mail tells: anyone can write any name there.
    """

    __tablename__ = "returned_mail"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_or_waiting"),
        Index(None, "state", "id"),
        Index(None, "received_at"),
        Index(
            "ix_returned_mail_objections",
            "id",
            sqlite_where=text("asks_to_stop AND taken_in_at IS NULL"),
            postgresql_where=text("asks_to_stop AND taken_in_at IS NULL"),
        ),
        NUMBERED_ONCE,
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    # Of what it says, so that the same mail by two ways is one.
    digest: Mapped[str] = mapped_column(unique=True, info=SAID)
    fingerprint: Mapped[str] = mapped_column(index=True, info=_mailed(Category.FINGERPRINT))
    sender: Mapped[str] = mapped_column(info=_mailed(Category.EMAIL))
    subject: Mapped[str] = mapped_column(Text, info=SAID)
    # As it came; of a large one, the beginning.
    content: Mapped[bytes] = mapped_column(LargeBinary, info=SAID)
    size: Mapped[int] = mapped_column(BigInteger, info=PLAIN)
    sort: Mapped[Sort] = mapped_column(words(Sort), info=CAME)
    # The mail of ours that it answers, when a return-path or a Message-ID of ours names it.
    delivery_id: Mapped[int | None] = mapped_column(BigInteger, index=True, info=CAME)
    # Whether it came to a return-path that we made: nobody else knows it but who got the mail.
    is_proven: Mapped[bool] = mapped_column(info=PLAIN)
    asks_to_stop: Mapped[bool] = mapped_column(info=_mailed(Category.CHOICE))
    # When it became a draft of the officer's (mailer.rights.incoming).
    taken_in_at: Mapped[datetime | None] = mapped_column(info=CAME)
    received_at: Mapped[datetime] = mapped_column(info=CAME)
    state: Mapped[State] = mapped_column(words(State), info=CAME)
    decided_at: Mapped[datetime | None] = mapped_column(info=CAME)
    decided_by: Mapped[str] = mapped_column(default="", info=CAME)
    reason: Mapped[str] = mapped_column(Text, default="", info=_mailed(Category.NOTE))
