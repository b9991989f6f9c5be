"""What was chosen of the look of letters."""

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN

COMMON = text("newsletter_id IS NULL")


class LetterLook(Base):
    """The tokens chosen for a theme, for one series of letters or for all that have none."""

    __tablename__ = "letter_look"
    __table_args__ = (
        Index("uq_letter_look_series", "theme", "newsletter_id", unique=True),
        # A unique index takes any number of nulls.
        Index(
            "uq_letter_look_common",
            "theme",
            unique=True,
            sqlite_where=COMMON,
            postgresql_where=COMMON,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    theme: Mapped[str] = mapped_column(String(60), info=PLAIN)
    newsletter_id: Mapped[int | None] = mapped_column(
        ForeignKey("newsletter.id", ondelete="CASCADE"), index=True, info=PLAIN
    )
    # By role, the light colour and the dark one.
    colours: Mapped[dict[str, list[str]]] = mapped_column(JSON, info=PLAIN)
    text_font: Mapped[str] = mapped_column(String(20), info=PLAIN)
    title_font: Mapped[str] = mapped_column(String(20), info=PLAIN)
    width: Mapped[int] = mapped_column(info=PLAIN)
    radius: Mapped[int] = mapped_column(info=PLAIN)
    # The picture's path on this site and its size as drawn; empty for the name in words.
    logo: Mapped[str] = mapped_column(default="", info=PLAIN)
    logo_width: Mapped[int] = mapped_column(default=0, info=PLAIN)
    logo_height: Mapped[int] = mapped_column(default=0, info=PLAIN)
