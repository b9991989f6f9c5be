"""Reading segments, and the values that their conditions may have here."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from mailer.accounts.queries import ACTOR
from mailer.db import db
from mailer.errors import NotFound
from mailer.subscriptions import queries
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.models import MailingList
from mailer.subscriptions.segments.models import Segment
from mailer.subscriptions.segments.vocabulary import Vocabulary


def all_segments() -> Sequence[Segment]:
    """Every segment, by name."""
    return db.session.scalars(select(Segment).order_by(Segment.name, Segment.id)).all()


def segment(segment_id: int) -> Segment:
    """The segment of that number; raises NotFound."""
    found = db.session.get(Segment, segment_id)
    if found is None:
        raise NotFound("segment")
    return found


def named(name: str) -> Segment | None:
    """The segment that bears the name."""
    return db.session.scalar(select(Segment).where(Segment.name == name))


def vocabulary() -> Vocabulary:
    """What a condition may name now."""
    imports = db.session.execute(
        select(Import.id, Import.actor).where(Import.done_at.is_not(None)).order_by(Import.id)
    ).all()
    actors = dict.fromkeys(actor for _, actor in imports if actor.startswith(ACTOR))
    return Vocabulary(
        lists={row.slug: row.name for row in queries.all_lists()},
        topics=_said(MailingList.topic),
        territories=_said(MailingList.territory),
        imports=tuple(str(number) for number, _ in imports),
        importers=tuple(actor.removeprefix(ACTOR) for actor in actors),
    )


def _said(column: InstrumentedAttribute[str]) -> tuple[str, ...]:
    found = select(column).distinct().where(column != "").order_by(column)
    return tuple(db.session.scalars(found))
