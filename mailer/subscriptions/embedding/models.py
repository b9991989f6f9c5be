"""Where a list's form may stand, and what its own page looks like."""

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from mailer.db import Base
from mailer.personal import PLAIN


class EmbedOrigin(Base):
    """A site that may show the form of the list."""

    __tablename__ = "embed_origin"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("mailing_list.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    origin: Mapped[str] = mapped_column(primary_key=True, info=PLAIN)


class ListTheme(Base):
    """The list's own colour, words and logo; a list without one looks as all pages do."""

    __tablename__ = "list_theme"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("mailing_list.id", ondelete="CASCADE"), primary_key=True, info=PLAIN
    )
    accent: Mapped[str] = mapped_column(info=PLAIN)
    title: Mapped[str] = mapped_column(info=PLAIN)
    intro: Mapped[str] = mapped_column(info=PLAIN)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, info=PLAIN)
    logo_alt: Mapped[str] = mapped_column(info=PLAIN)
