"""Adding, reading and removing sources; keeping their articles."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mailer.articles import changes, presence, searching
from mailer.articles.changes import Entry, Known
from mailer.articles.data import Feed, Kind
from mailer.articles.fetch import Reading, Wanted
from mailer.articles.markup import shortened
from mailer.articles.models import Article, Source
from mailer.audit.operations import record
from mailer.db import db, hint
from mailer.errors import Conflict, NotFound

FETCH_IMAGES = "fetch-images"
FETCH_SOURCES = "fetch-sources"
EVERY = timedelta(minutes=30)
LONGEST_PAUSE = timedelta(days=1)
# Longer than a reading can take: a worker that dies meanwhile costs one turn.
LEASE = timedelta(minutes=10)
# Of each reading: an archive of 500 articles does not fetch 500 pictures at once.
IMAGES_AT_ONCE = 50
LONGEST_NAME = 120
LONGEST_TITLE = 120


@dataclass(frozen=True)
class Claimed:
    """A source that this worker reads now."""

    source_id: int
    wanted: Wanted


def add_source(reading: Reading, name: str, at: datetime, actor: str) -> Source:
    """The new source with what was read from its address; Conflict when it is there already."""
    return _added(reading, name or reading.url, at, actor, url=reading.url)


def add_file(reading: Reading, file_name: str, at: datetime, actor: str) -> Source:
    """The new source with what was read from a file, which is read once."""
    return _added(reading, file_name, at, actor, file_name=file_name)


def _added(reading: Reading, name: str, at: datetime, actor: str, **origin: str) -> Source:
    feed = reading.feed
    kind, title = (feed.kind, feed.title) if feed else (Kind.FEED, "")
    source = Source(name=(title or name)[:LONGEST_NAME], kind=kind, added_at=at, **origin)
    try:
        with db.session.begin_nested():
            db.session.add(source)
    except IntegrityError as error:
        raise Conflict("source") from error
    record(actor, "source.added", f"source:{source.id}")
    store(source.id, reading, at)
    return source


def ask(source_id: int, at: datetime) -> None:
    """Have the source read before any other; Conflict for one without an address."""
    source = db.session.get(Source, source_id, with_for_update=True)
    if source is None:
        raise NotFound("source")
    if source.url is None:
        raise Conflict("source")
    if source.asked_at is None:
        source.asked_at = source.next_fetch_at = at
        hint(FETCH_SOURCES)


def claim_due(at: datetime) -> Claimed | None:
    """The source that somebody waits for or that is overdue longest, ours for a while; or None."""
    source = db.session.scalar(
        select(Source)
        .where(Source.next_fetch_at <= at)
        .order_by(Source.asked_at.is_(None), Source.next_fetch_at, Source.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if source is None or source.url is None:
        return None
    source.next_fetch_at = at + LEASE
    return Claimed(source.id, source.wanted)


def store(source_id: int, reading: Reading, at: datetime) -> int:
    """Keep what was read, and return how many articles are new; a removed source is no error."""
    source = db.session.get(Source, source_id, with_for_update=True)
    if source is None:
        return 0
    source.etag, source.last_modified = reading.etag, reading.last_modified
    source.failure = source.failing_since = source.asked_at = None
    source.last_fetched_at = at
    again = source.url is not None and source.kind is not Kind.PAGE
    source.next_fetch_at = at + EVERY if again else None
    return _keep(source.id, reading.feed, at) if reading.feed else 0


def _keep(source_id: int, feed: Feed, at: datetime) -> int:
    found = changes.compare(_known(source_id), feed.entries)
    for article_id, entry in found.changed:
        article = db.session.get_one(Article, article_id)
        if article.image_url != entry.data.image_url:
            forget_picture(article, at if entry.data.image_url else None)
        tell(article, entry, at)
        article.changed_at = at
    # Addresses that moved must be free before new articles take them.
    db.session.flush()
    for position, entry in enumerate(found.new):
        article = Article(source_id=source_id, first_seen_at=at)
        tell(article, entry, at)
        wants_image = bool(entry.data.image_url) and position < IMAGES_AT_ONCE
        article.image_due_at = at if wants_image else None
        db.session.add(article)
    db.session.flush()
    if found.new or found.changed:
        hint(FETCH_IMAGES)
    return len(found.new)


def _known(source_id: int) -> list[Known]:
    columns = (Article.id, Article.key, Article.guid, Article.digest)
    rows = db.session.execute(select(*columns).where(Article.source_id == source_id))
    return [Known(*row) for row in rows]


def tell(article: Article, entry: Entry, at: datetime) -> None:
    """Write what the entry says into the article; an alternative text of ours stays."""
    data = entry.data
    if article.key != entry.key:
        article.vanished_at = None
        article.page_due_at = presence.due_again(data.published_at or at, at)
    article.key, article.digest, article.guid = entry.key, entry.digest, data.guid
    article.title = data.title or shortened(data.summary, LONGEST_TITLE) or data.url
    article.url, article.summary = data.url, data.summary
    article.image_url = data.image_url
    if article.alt_written_at is None:
        article.image_alt = data.image_alt
    article.published_at = data.published_at
    article.words = searching.folded(f"{article.title} {article.summary}")


def forget_picture(article: Article, due_at: datetime | None) -> None:
    """Drop our copy, the words for it and what was tried; another one is due then, or none."""
    article.picture, article.image_width, article.image_height = "", 0, 0
    article.picture_small, article.image_failure, article.alt_written_at = "", None, None
    article.image_due_at, article.image_attempts = due_at, 0


def note_failure(source_id: int, reason: str, at: datetime) -> None:
    """Remember why the source could not be read; the longer it fails, the longer the pause."""
    source = db.session.get(Source, source_id, with_for_update=True)
    if source is None:
        return
    source.failing_since = source.failing_since or at
    source.failure, source.asked_at = reason, None
    pause = min(max(at - source.failing_since, EVERY), LONGEST_PAUSE)
    source.next_fetch_at = at + pause


def remove_source(source_id: int, actor: str) -> str:
    """Forget the source and its articles, and return its name; letters keep their copies."""
    source = db.session.get(Source, source_id)
    if source is None:
        raise NotFound("source")
    db.session.delete(source)
    record(actor, "source.removed", f"source:{source_id}")
    db.session.flush()
    return source.name
