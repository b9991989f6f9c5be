"""Where articles come from, and the articles."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Enum, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.articles.data import Kind
from mailer.db import Base


class Source(Base):
    """A feed by its address, read again and again; or a file or a page, read once."""

    __tablename__ = "source"
    __table_args__ = (
        CheckConstraint("(url IS NULL) <> (file_name IS NULL)", name="address_or_file"),
        CheckConstraint("(failure IS NULL) = (failing_since IS NULL)", name="failure_has_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str | None] = mapped_column(unique=True)
    file_name: Mapped[str | None]
    kind: Mapped[Kind] = mapped_column(
        Enum(Kind, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20)
    )
    # What the server gave us to ask "has it changed?" with (RFC 9110, 13.1).
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    last_fetched_at: Mapped[datetime | None]
    # None for what is read once.
    next_fetch_at: Mapped[datetime | None] = mapped_column(index=True)
    # A code of outgoing.Reason or data.Problem; the words stand in failures.py.
    failure: Mapped[str | None]
    failing_since: Mapped[datetime | None]

    articles: Mapped[list["Article"]] = relationship(
        back_populates="source", cascade="all, delete-orphan", passive_deletes=True
    )


class Article(Base):
    """An article as its source last told it. Letters copy it, and never look back here."""

    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("source_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    # What it is recognised by: the digest of its address, the feed's own identifier.
    key: Mapped[str] = mapped_column(index=True)
    guid: Mapped[str]
    # The digest of what it says, to see when that changes.
    digest: Mapped[str]
    title: Mapped[str]
    url: Mapped[str]
    summary: Mapped[str]
    image_url: Mapped[str]
    image_alt: Mapped[str]
    # None when the source does not say.
    published_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime] = mapped_column(index=True)
    # Our own copy of the image; empty while there is none.
    picture: Mapped[str] = mapped_column(default="")
    image_width: Mapped[int] = mapped_column(default=0)
    image_height: Mapped[int] = mapped_column(default=0)
    # When to fetch the image; None once we have it, gave up, or there is none.
    image_due_at: Mapped[datetime | None] = mapped_column(index=True)
    image_attempts: Mapped[int] = mapped_column(default=0)

    source: Mapped[Source] = relationship(back_populates="articles", lazy="joined")

    @property
    def image_path(self) -> str:
        """The address of our copy on this site, or an empty string."""
        return f"/medias/{self.picture}" if self.picture else ""
