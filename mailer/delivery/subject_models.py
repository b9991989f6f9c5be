"""The subjects that a campaign tries, and what came of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.delivery.models import DECIDED, words
from mailer.delivery.subject_tests import Basis, How, Verdict
from mailer.personal import PLAIN


class SubjectTest(Base):
    """How a campaign finds its subject; `decides_at` stands once the trial has left."""

    __tablename__ = "subject_test"
    __table_args__ = (
        CheckConstraint("share BETWEEN 10 AND 50", name="share_of_list"),
        CheckConstraint("wait_hours BETWEEN 1 AND 24", name="wait_of_a_day"),
        CheckConstraint(
            "(winner IS NULL) = (decided_at IS NULL) AND (winner IS NULL) = (verdict IS NULL)",
            name="decided_whole",
        ),
    )

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        info=PLAIN,
    )
    share: Mapped[int] = mapped_column(info=PLAIN)
    wait_hours: Mapped[int] = mapped_column(info=PLAIN)
    how: Mapped[How] = mapped_column(words(How), info=PLAIN)
    # Nobody approves their own: where the letter needs a second person, its subjects do.
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=DECIDED)
    decides_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    winner: Mapped[int | None] = mapped_column(info=PLAIN)
    verdict: Mapped[Verdict | None] = mapped_column(words(Verdict), info=PLAIN)
    basis: Mapped[Basis | None] = mapped_column(words(Basis), info=PLAIN)
    decided_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Empty when the numbers did.
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=DECIDED)


class CampaignSubject(Base):
    """One of the subjects that are tried; the first is the letter's own."""

    __tablename__ = "campaign_subject"
    __table_args__ = (CheckConstraint("position BETWEEN 1 AND 4", name="few_subjects"),)

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLAIN)
    subject: Mapped[str] = mapped_column(info=PLAIN)
