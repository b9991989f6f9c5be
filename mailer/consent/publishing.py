"""The officer's own notices, and the old texts of other days: added, never changed."""

from dataclasses import dataclass
from datetime import datetime

from mailer.audit.operations import record
from mailer.consent.evidence import sha256
from mailer.consent.inspection import inspect
from mailer.consent.models import Notice, NoticeKind, NoticeSource
from mailer.consent.notices import filled
from mailer.consent.operations import keep_notice
from mailer.consent.queries import is_kept
from mailer.db import db
from mailer.errors import Conflict, Invalid


@dataclass(frozen=True)
class OldNotice:
    """A text that was shown before, and as much as is known of when."""

    kind: NoticeKind
    locale: str
    name: str
    body: str
    valid_from: datetime | None = None
    valid_to: datetime | None = None


def publish(kind: NoticeKind, locale: str, text: str, actor: str, at: datetime) -> NoticeSource:
    """Put the text in force; raises Invalid while the linter has something to say of it."""
    shown = filled(kind, locale, text)
    if inspect(shown):
        raise Invalid("notice")
    made = NoticeSource(kind=kind, locale=locale, body=_plain(text), published_at=at)
    db.session.add(made)
    db.session.flush()
    keep_notice(shown, at)
    record(actor, "publish", f"notice_source:{made.id}")
    return made


def file(old: OldNotice, actor: str, at: datetime) -> Notice:
    """Add a text to the archive, where consents may point at it; it is never shown on a form.

    Raises Conflict when the very same text is kept already.
    """
    body = _plain(old.body)
    if is_kept(sha256(body)):
        raise Conflict("notice")
    filed = Notice(
        kind=old.kind,
        locale=old.locale,
        name=old.name,
        title=old.name,
        body=body,
        sha256=sha256(body),
        valid_from=old.valid_from,
        valid_to=old.valid_to,
        filed_at=at,
    )
    db.session.add(filed)
    db.session.flush()
    record(actor, "file", f"notice:{filed.id}")
    return filed


def _plain(text: str) -> str:
    """One kind of line end, one at the end: what a browser posts equals what a file holds."""
    return "\n".join(text.strip().splitlines()) + "\n"
