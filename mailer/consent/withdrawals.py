"""The journal of withdrawals: a restored backup must not write to whoever has left since.

A job copies each no of the ledger into a file beside the data, which no restore of the database
takes back; and whose data were set aside, until they are used again. A line holds a fingerprint,
a purpose, a kind and a time.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from mailer import appended
from mailer.consent.evidence import Kind
from mailer.consent.models import ConsentEvent
from mailer.db import db, hint

JOB = "write-withdrawals"
FILE = "withdrawals.jsonl"
NO = frozenset({Kind.WITHDRAWN, Kind.OBJECTED, Kind.COMPLAINED})
# What stops sending for a while (GDPR art. 18), and its end.
ASIDE = frozenset({Kind.RESTRICTED, Kind.UNRESTRICTED})
AT_ONCE = 5_000


@dataclass(frozen=True)
class Line:
    """The number of the event, and who said no to what or was set aside, how and when."""

    seq: int
    at: datetime
    fingerprint: str
    purpose: str
    kind: Kind


def note(kinds: Collection[Kind]) -> None:
    """Have the file follow, once what stops sending, or lets it go on, is committed."""
    if not (NO | ASIDE).isdisjoint(kinds):
        hint(JOB)


def path() -> Path:
    """Where the file lies."""
    return Path(current_app.config["DATA_FOLDER"]) / FILE


def write() -> None:
    """Add what the ledger has since the last line."""
    last = _last()
    while some := _since(last):
        appended.add(path(), "".join(map(_text, some)))
        last = some[-1].seq


def _last() -> int:
    text = appended.last(path())
    return _read(text).seq if text else 0


def _since(seq: int) -> Sequence[Line]:
    event = ConsentEvent
    said = select(event.id, event.recorded_at, event.fingerprint, event.purpose, event.kind).where(
        event.id > seq, event.kind.in_(NO | ASIDE)
    )
    return [Line(*row) for row in db.session.execute(said.order_by(event.id).limit(AT_ONCE))]


def beyond(seq: int) -> list[Line]:
    """What was said after that event."""
    return [line for line in read() if line.seq > seq]


def read() -> Iterator[Line]:
    """What the file holds, in the order of the ledger."""
    return map(_read, appended.lines(path()))


def cut(seq: int) -> None:
    """Let go of what was said after that event: the ledger goes on from there with other ones."""
    _keep(lambda line: line.seq <= seq)


def forget(before: datetime) -> None:
    """Let go of the lines that are older: no backup from before them is kept any more."""
    _keep(lambda line: line.at >= before)


def _keep(is_kept: Callable[[Line], bool]) -> None:
    held = list(read())
    kept = [line for line in held if is_kept(line)]
    if kept != held:
        appended.replace(path(), "".join(map(_text, kept)))


def _text(line: Line) -> str:
    return json.dumps({**vars(line), "at": line.at.isoformat()}) + "\n"


def _read(text: str) -> Line:
    said = json.loads(text)
    return Line(**said | {"at": datetime.fromisoformat(said["at"]), "kind": Kind(said["kind"])})
