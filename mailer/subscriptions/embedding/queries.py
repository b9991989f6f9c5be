"""Reading where forms stand and how they look."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from mailer.consent.models import FormSnapshot, Notice
from mailer.db import db
from mailer.errors import NotFound
from mailer.subscriptions.embedding.models import EmbedOrigin, ListTheme
from mailer.subscriptions.models import MailingList


def by_slug(slug: str) -> MailingList:
    """The list of that name in addresses; raises NotFound."""
    found = db.session.scalars(select(MailingList).where(MailingList.slug == slug)).first()
    if found is None:
        raise NotFound("list")
    return found


def origins(list_id: int) -> Sequence[str]:
    """The declared sites, in alphabetical order."""
    found = select(EmbedOrigin.origin).where(EmbedOrigin.list_id == list_id)
    return db.session.scalars(found.order_by(EmbedOrigin.origin)).all()


def theme(list_id: int) -> ListTheme | None:
    """The list's own look, or None."""
    return db.session.get(ListTheme, list_id)


def kept_form(notice_sha256: str, form_sha256: str) -> str | None:
    """The form of a page with these digests, if all that it said can still be shown."""
    notice = exists().where(Notice.sha256 == notice_sha256)
    form = select(FormSnapshot.content).where(FormSnapshot.sha256 == form_sha256, notice)
    return db.session.scalar(form)
