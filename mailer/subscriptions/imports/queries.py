"""Reading imports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, cast, func, literal, or_, select

from mailer.consent.models import ConsentEvent, Notice, NoticeKind
from mailer.db import db
from mailer.errors import NotFound
from mailer.subscriptions.imports.models import Import, ImportRow
from mailer.subscriptions.imports.stages import OVER, WORKING
from mailer.subscriptions.models import Subscription
from mailer.subscriptions.states import State
from mailer.web.pages import PAGE_ROWS, Page, page_of


def find(import_id: int) -> Import:
    """The import of that number; raises NotFound."""
    found = db.session.get(Import, import_id)
    if found is None:
        raise NotFound("import")
    return found


def is_known(import_id: int) -> bool:
    """Whether there is an import of that number."""
    return db.session.get(Import, import_id) is not None


def held(import_id: int) -> Import:
    """The same, held for this transaction."""
    found = db.session.get(Import, import_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound("import")
    return found


def newest(before: int | None = None) -> Page[Import]:
    """The imports, newest first; `before` is the key of the page above."""
    wanted = select(Import).order_by(Import.id.desc())
    if before is not None:
        wanted = wanted.where(Import.id < before)
    rows = db.session.scalars(wanted.limit(PAGE_ROWS + 1)).all()
    return page_of(rows, [row.id for row in rows])


def waiting(import_id: int) -> int:
    """How many addresses wait to be taken."""
    rows = select(func.count()).select_from(ImportRow).where(ImportRow.import_id == import_id)
    return db.session.scalar(rows) or 0


def next_work(at: datetime) -> Import | None:
    """The oldest import that has work to do and that nobody is at, held."""
    free = or_(Import.lease_until.is_(None), Import.lease_until < at)
    return db.session.scalars(
        select(Import)
        .where(Import.stage.in_(WORKING), free)
        .order_by(Import.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()


def next_unproven(size: int) -> Sequence[Subscription]:
    """The next people of imports whose people without proof are to be asked."""
    asked = ConsentEvent.origin == literal("import:").concat(cast(Import.id, String))
    return db.session.scalars(
        select(Subscription)
        .join(ConsentEvent, ConsentEvent.id == Subscription.consent_id)
        .join(Import, asked)
        .where(Subscription.state == State.UNPROVEN, Import.asked_at.is_not(None))
        .order_by(Subscription.id)
        .limit(size)
        .with_for_update(of=Subscription, skip_locked=True)
    ).all()


def still_unproven(row: Import) -> int:
    """How many of the import's people nobody has asked yet."""
    found = (
        select(func.count())
        .select_from(Subscription)
        .join(ConsentEvent, ConsentEvent.id == Subscription.consent_id)
        .where(Subscription.state == State.UNPROVEN, ConsentEvent.origin == row.origin)
    )
    return db.session.scalar(found) or 0


def first_spent() -> int | None:
    """An import whose addresses nobody waits for any more, and of which some are left."""
    rows = select(ImportRow.import_id).join(Import, Import.id == ImportRow.import_id)
    return db.session.scalars(rows.where(Import.stage.in_(OVER)).limit(1)).first()


def notices() -> Sequence[Notice]:
    """What people can have been told: every whole notice that is kept, newest first."""
    return db.session.scalars(
        select(Notice).where(Notice.kind == NoticeKind.FULL).order_by(Notice.id.desc())
    ).all()


def of_subscription(line: Subscription) -> Import:
    """The import that made the subscription."""
    event = db.session.get_one(ConsentEvent, line.consent_id)
    return find(int(event.origin.removeprefix("import:")))
