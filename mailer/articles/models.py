"""Where articles come from, and the articles."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Enum, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mailer.articles import images
from mailer.articles.data import Aim, Kind
from mailer.articles.fetch import Wanted
from mailer.db import NUMBERED_ONCE, Base
from mailer.personal import PLAIN

# What people type has neither an address nor a file, and is one source for all.
ADDRESS_OR_FILE = (
    "url IS NULL AND file_name IS NULL AND kind = 'typed'"
    " OR (url IS NULL) <> (file_name IS NULL) AND kind <> 'typed'"
)
TYPED = text("kind = 'typed'")


class Source(Base):
    """A feed by its address, read again and again; a file or page, read once; or what is typed."""

    __tablename__ = "source"
    __table_args__ = (
        CheckConstraint(ADDRESS_OR_FILE, name="address_or_file"),
        Index("uq_source_typed", "kind", unique=True, sqlite_where=TYPED, postgresql_where=TYPED),
        CheckConstraint("(failure IS NULL) = (failing_since IS NULL)", name="failure_has_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    name: Mapped[str] = mapped_column(info=PLAIN)
    url: Mapped[str | None] = mapped_column(unique=True, info=PLAIN)
    file_name: Mapped[str | None] = mapped_column(info=PLAIN)
    kind: Mapped[Kind] = mapped_column(
        Enum(Kind, native_enum=False, values_callable=lambda e: [m.value for m in e], length=20),
        info=PLAIN,
    )
    # The software that the site runs on, as far as it was recognised; a presets.Preset.
    preset: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # What the server gave us to ask "has it changed?" with (RFC 9110, 13.1).
    etag: Mapped[str] = mapped_column(default="", info=PLAIN)
    last_modified: Mapped[str] = mapped_column(default="", info=PLAIN)
    added_at: Mapped[datetime] = mapped_column(info=PLAIN)
    last_fetched_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # None for what is read once.
    next_fetch_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)
    # Since when somebody waits for it to be read.
    asked_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # A code of outgoing.Reason or data.Problem; the words stand in failures.py.
    failure: Mapped[str | None] = mapped_column(info=PLAIN)
    failing_since: Mapped[datetime | None] = mapped_column(info=PLAIN)

    @property
    def wanted(self) -> Wanted:
        """What to ask its site for."""
        return Wanted(self.url or "", self.etag, self.last_modified, self.last_fetched_at)

    articles: Mapped[list["Article"]] = relationship(
        back_populates="source", cascade="all, delete-orphan", passive_deletes=True
    )


class Lookup(Base):
    """An address that an editor gave: due while the worker looks at it, then told for a day."""

    __tablename__ = "source_lookup"
    __table_args__ = NUMBERED_ONCE

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    typed: Mapped[str] = mapped_column(info=PLAIN)
    aim: Mapped[Aim] = mapped_column(
        Enum(Aim, native_enum=False, values_callable=lambda e: [m.value for m in e], length=10),
        info=PLAIN,
    )
    actor: Mapped[str] = mapped_column(info=PLAIN)
    asked_at: Mapped[datetime] = mapped_column(index=True, info=PLAIN)
    # None once it is over.
    due_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)
    # What stands there, for whoever tries it; as findings.py writes it.
    found: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=PLAIN)
    # A code of outgoing.Reason or data.Problem; the words stand in failures.py.
    failure: Mapped[str | None] = mapped_column(info=PLAIN)
    # The source that it became, and goes with.
    source_id: Mapped[int | None] = mapped_column(
        ForeignKey("source.id", ondelete="CASCADE"), info=PLAIN
    )

    @property
    def is_begun(self) -> bool:
        """Whether a worker looks at it now."""
        return self.due_at is not None and self.due_at > self.asked_at


class Article(Base):
    """An article as its source last told it. Letters copy it, and never look back here."""

    __tablename__ = "article"
    # A letter keeps the number of what it copied, so it must never be another article's.
    __table_args__ = (UniqueConstraint("source_id", "key"), NUMBERED_ONCE)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLAIN)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), info=PLAIN)
    # What it is recognised by: the digest of its address, the feed's own identifier.
    key: Mapped[str] = mapped_column(index=True, info=PLAIN)
    guid: Mapped[str] = mapped_column(info=PLAIN)
    # The digest of what it says, to see when that changes.
    digest: Mapped[str] = mapped_column(info=PLAIN)
    title: Mapped[str] = mapped_column(info=PLAIN)
    url: Mapped[str] = mapped_column(info=PLAIN)
    summary: Mapped[str] = mapped_column(info=PLAIN)
    image_url: Mapped[str] = mapped_column(info=PLAIN)
    image_alt: Mapped[str] = mapped_column(info=PLAIN)
    # None when the source does not say.
    published_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    first_seen_at: Mapped[datetime] = mapped_column(index=True, info=PLAIN)
    # When it last said something else than before, and since when its page answers no more.
    changed_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    vanished_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # When its page was last asked for, and when it will be; None once the article is old.
    page_asked_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    page_due_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)
    # When an editor wrote the alternative text, which later readings then leave alone.
    alt_written_at: Mapped[datetime | None] = mapped_column(info=PLAIN)
    # Its words without capitals and accents, to be searched.
    words: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # Our own copy of the image for screens with two pixels to one; empty while there is none.
    picture: Mapped[str] = mapped_column(default="", info=PLAIN)
    image_width: Mapped[int] = mapped_column(default=0, info=PLAIN)
    image_height: Mapped[int] = mapped_column(default=0, info=PLAIN)
    # The same image for half that width.
    picture_small: Mapped[str] = mapped_column(default="", server_default="", info=PLAIN)
    # When to fetch the image; None once we have it, gave up, or there is none.
    image_due_at: Mapped[datetime | None] = mapped_column(index=True, info=PLAIN)
    image_attempts: Mapped[int] = mapped_column(default=0, info=PLAIN)
    # Why there is no copy of it yet: a code of outgoing.Reason or images.Flaw.
    image_failure: Mapped[str | None] = mapped_column(info=PLAIN)

    source: Mapped[Source] = relationship(back_populates="articles", lazy="joined")

    @property
    def image_path(self) -> str:
        """The address of our copy on this site, or an empty string."""
        return images.path_of(self.picture)

    @property
    def small_image_path(self) -> str:
        """The address of our copy for half the width, or an empty string."""
        return images.path_of(self.picture_small or self.picture)

    @property
    def asks_for_alternative(self) -> bool:
        """Whether it has an image and no text that stands for it."""
        return bool(self.image_url) and not self.image_alt
