"""A file of new addresses after the other, each described and approved as an editor does."""

from datetime import date
from itertools import count
from pathlib import Path
from threading import Event

from soak.acts import Context
from sqlalchemy import func, select

from mailer.clock import now
from mailer.consent import operations as consent
from mailer.consent.models import NoticeKind
from mailer.consent.notices import in_force
from mailer.db import db, transaction
from mailer.subscriptions.imports import operations, queries, storage
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.imports.stages import Stage
from mailer.subscriptions.models import MailingList

DOMAINS = 50
LOOK_SECONDS = 1


def one_after_the_other(
    context: Context, folder: Path, lines: int, apart: float, stopping: Event
) -> None:
    """Bring a file of so many lines every so many seconds, until told to stop."""
    for number in count():
        with context():
            import_id = bring(folder / f"soak-{number}.csv", number, lines)
        while not stopping.wait(LOOK_SECONDS):
            with context():
                if approved(import_id):
                    break
        if stopping.wait(apart):
            return


def bring(path: Path, number: int, lines: int) -> int:
    """A new file, described, for the worker to read; its number."""
    names = (f"fichier.{number}.{n}@d{n % DOMAINS}.exemple.fr" for n in range(lines))
    path.write_text("email\n" + "".join(f"{name}\n" for name in names), encoding="utf-8")
    with path.open("rb") as source, storage.arrived(source) as file, transaction():
        notice = in_force(NoticeKind.FULL, "fr")
        consent.keep_notice(notice, now())
        row = operations.receive(file, path.name, "soak", now())
        origin = Origin("Soak", date(2026, 1, 1), notice.sha256, "Soak")
        readers = db.session.scalars(select(MailingList.id)).first()
        operations.describe(row.id, readers, operations.layout(row), origin, now())
        return row.id


def approved(import_id: int) -> bool:
    """Have the addresses taken once the file is read; whether it was."""
    db.session.rollback()
    if queries.find(import_id).stage != Stage.READ:
        return False
    with transaction():
        operations.approve(import_id, "soak", now())
    return True


def done() -> int:
    """How many files were taken wholly."""
    found = select(func.count()).select_from(Import).where(Import.stage == Stage.DONE)
    return db.session.scalars(found).one()
