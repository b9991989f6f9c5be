"""What is left of a case when its file goes: how it ended and how long it took, of nobody."""

from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN
from mailer.rights.kinds import Right
from mailer.rights.models import Channel
from mailer.rights.proceedings import words
from mailer.rights.states import Outcome, State


class RightsStatistic(Base):
    """One line of a case that was purged; the report of its year goes on counting it."""

    __tablename__ = "rights_statistic"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    # Of receipt.
    year: Mapped[int] = mapped_column(index=True, info=PLAIN)
    right: Mapped[Right] = mapped_column(words(Right), info=PLAIN)
    channel: Mapped[Channel] = mapped_column(words(Channel), info=PLAIN)
    ending: Mapped[State] = mapped_column(words(State), info=PLAIN)
    # None where the case ended without an answer.
    outcome: Mapped[Outcome | None] = mapped_column(words(Outcome), info=PLAIN)
    days: Mapped[int] = mapped_column(info=PLAIN)
    in_time: Mapped[bool] = mapped_column(info=PLAIN)
    is_extended: Mapped[bool] = mapped_column(info=PLAIN)
