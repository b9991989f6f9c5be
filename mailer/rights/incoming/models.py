"""Mails that came to a watched mailbox, each with what became of it."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN, Category, Declared, Erasure, Purpose, erased_after, personal
from mailer.rights.incoming.mail import Ignored
from mailer.rights.incoming.states import State
from mailer.rights.proceedings import words


def _with_its_case(category: Category) -> Declared:
    return personal(category, Purpose.RIGHTS, "request_years", Erasure.DELETE)


def _aside(category: Category) -> Declared:
    return personal(category, Purpose.RIGHTS, "set_aside_days", Erasure.DELETE)


CAME = _with_its_case(Category.HISTORY)
SAID = _with_its_case(Category.MESSAGE)


class IncomingMail(Base):
    """One mail. `fingerprint` and `sender` are of one person, or the second is empty.

    An accepted or attached mail is its case's person's: who it says it comes from stands in the
    sealed file alone, since another may have written it, and is not to be taken for that person.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided_or_waiting"),
        CheckConstraint(
            "(state IN ('accepted', 'attached')) = (request_id IS NOT NULL)", name="has_its_case"
        ),
        Index(None, "state", "received_at", "id"),
        NUMBERED_ONCE | erased_after("decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    # Of what it says, so that the same mail in two mailboxes, or under a new number, is one.
    digest: Mapped[str] = mapped_column(unique=True, info=SAID)
    message_id: Mapped[str] = mapped_column(info=CAME)
    mailbox: Mapped[str] = mapped_column(info=PLAIN)
    # When it reached the mailbox: the clock of a case starts on that day, in Paris.
    received_at: Mapped[datetime] = mapped_column(info=CAME)
    taken_in_at: Mapped[datetime] = mapped_column(info=CAME)
    fingerprint: Mapped[str] = mapped_column(index=True, info=_with_its_case(Category.FINGERPRINT))
    sender: Mapped[str] = mapped_column(info=_with_its_case(Category.EMAIL))
    subject: Mapped[str] = mapped_column(Text, info=SAID)
    text: Mapped[str] = mapped_column(Text, info=SAID)
    quoted: Mapped[str] = mapped_column(Text, info=SAID)
    # The rights that it seems to exercise (recognising.py).
    suggested: Mapped[list[str]] = mapped_column(
        JSON, default=list, info=_with_its_case(Category.CHOICE)
    )
    # The name of the sealed file with the mail as it came; empty when the server would not give it.
    file: Mapped[str] = mapped_column(info=_with_its_case(Category.SECRET))
    is_whole: Mapped[bool] = mapped_column(info=PLAIN)
    ignored: Mapped[Ignored | None] = mapped_column(words(Ignored), info=CAME)
    state: Mapped[State] = mapped_column(words(State), info=CAME)
    decided_at: Mapped[datetime | None] = mapped_column(info=_aside(Category.HISTORY))
    decided_by: Mapped[str] = mapped_column(default="", info=_aside(Category.HISTORY))
    reason: Mapped[str] = mapped_column(Text, default="", info=_aside(Category.NOTE))
    # The case that it says it answers.
    related_to: Mapped[str] = mapped_column(default="", info=CAME)
    # No declaration ties its rows to the case's person: anyone can name a case.
    request_id: Mapped[int | None] = mapped_column(
        ForeignKey("rights_request.id", ondelete="CASCADE"), index=True, info=PLAIN
    )
    seen_at: Mapped[datetime | None] = mapped_column(info=CAME)
    reminded_on: Mapped[date | None] = mapped_column(info=CAME)
