"""Sheets of people go the way of every import; one that came before is not taken twice."""

from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import select

from mailer.clock import now
from mailer.db import db, transaction
from mailer.links import absolute
from mailer.move_in.report import Came
from mailer.move_in.sorting_out import Sheet
from mailer.subscriptions.imports import jobs, operations, queries
from mailer.subscriptions.imports.columns import Fate, guess
from mailer.subscriptions.imports.faults import Trouble, Unreadable
from mailer.subscriptions.imports.judging import Entry, judge, rules
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.imports.stages import Outcome, Stage
from mailer.subscriptions.imports.tables import recognise, rows
from mailer.subscriptions.models import MailingList
from mailer.web.language import LANGUAGES

# Whatever was taken back or could not be read may come again.
GONE = (Stage.UNDONE, Stage.UNDOING, Stage.DROPPED, Stage.FAILED)
# Not of the desk: somebody there decides how it goes on.
ACTOR = "cli:"
Tell = Callable[[Import], None]


def take(sheet: Sheet, into: MailingList, origin: Origin, tell: Tell) -> Came:
    """Take the people of the sheet, from where an earlier run was stopped; raises Unreadable."""
    list_id, name = into.id, into.name
    row = _earlier(sheet, list_id)
    if row is not None and row.stage == Stage.DONE:
        return _came(sheet, name, row, came_before=True)
    import_id = _received(sheet, list_id, origin) if row is None else _resumed(row.id)
    actor = f"{ACTOR}{origin.answerable}"
    for _done in _steps(import_id, actor):
        tell(queries.find(import_id))
        jobs.breathe()
    row = queries.find(import_id)
    if row.stage == Stage.FAILED:
        raise Unreadable(Trouble(row.trouble), row.trouble_line)
    return _came(sheet, name, row, came_before=False)


def _earlier(sheet: Sheet, list_id: int) -> Import | None:
    """The import of the same file into the same list, unless it came to nothing."""
    same = select(Import).where(Import.sha256 == sheet.file.sha256, Import.list_id == list_id)
    ours = same.where(Import.actor.startswith(ACTOR), Import.stage.not_in(GONE))
    wanted = ours.order_by(Import.id.desc())
    return db.session.scalars(wanted.limit(1)).first()


def _received(sheet: Sheet, list_id: int, origin: Origin) -> int:
    with transaction():
        row = operations.receive(sheet.file, sheet.name, f"{ACTOR}{origin.answerable}", now())
        operations.describe(row.id, list_id, operations.layout(row), origin, now())
        operations.claim(row.id, now())
        return row.id


def _resumed(import_id: int) -> int:
    with transaction():
        operations.claim(import_id, now())
    return import_id


def _steps(import_id: int, actor: str) -> Iterator[None]:
    """Read the file, approve what was read, and write it: whatever of that is left to do."""
    if queries.find(import_id).stage == Stage.READING:
        yield from jobs.chunks(import_id)
        yield
    if queries.find(import_id).stage == Stage.READ:
        with transaction():
            operations.approve(import_id, actor, now())
            operations.claim(import_id, now())
    if queries.find(import_id).stage == Stage.WRITING:
        yield from jobs.chunks(import_id)


def _came(sheet: Sheet, list_name: str, row: Import, *, came_before: bool) -> Came:
    counts = {key: row.counts[key] for key in ("twice", "faulty") if row.counts.get(key)}
    return Came(
        sheet=sheet.name,
        list_name=list_name,
        counts=row.taken | counts,
        page=absolute(f"/bureau/abonnes/importation/{row.id}"),
        to_ask=0 if row.asked_at else queries.still_unproven(row),
        came_before=came_before,
    )


def look(sheet: Sheet, origin: Origin, list_name: str) -> Came:
    """What the sheet says, compared with nothing that is known here; nothing is kept."""
    table = recognise(sheet.file.path)
    lines = rows(sheet.file.path, table)
    header = next(lines)
    rule = rules(guess(header), header, LANGUAGES, LANGUAGES[0])
    counts = Counter(_outcome(one, origin) for one in judge(lines, rule))
    return Came(sheet.name, list_name, dict(counts), to_ask=counts[Outcome.UNPROVEN.value])


def _outcome(one: object, origin: Origin) -> str:
    if not isinstance(one, Entry):
        return "faulty"
    if one.fate in {Fate.LEAVE, Fate.WITHDRAWN}:
        return Outcome.ELSEWHERE.value
    if one.fate != Fate.TAKE:
        return Outcome.OBJECTED.value
    is_vouched = bool(origin.source and origin.notice_sha256 and origin.answerable)
    is_proven = is_vouched and (one.given_at or origin.collected_on)
    return (Outcome.NEW if is_proven else Outcome.UNPROVEN).value
