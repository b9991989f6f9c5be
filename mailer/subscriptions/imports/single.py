"""One address with its proof, brought by a program: taken by the rules of a file of them."""

from dataclasses import dataclass
from datetime import datetime

from mailer.addresses import Address
from mailer.audit.operations import record
from mailer.consent.queries import is_kept
from mailer.consent.subjects import fingerprint_of
from mailer.db import db
from mailer.errors import Invalid
from mailer.subscriptions import closing
from mailer.subscriptions.imports import operations, staging, writing
from mailer.subscriptions.imports.columns import Fate
from mailer.subscriptions.imports.models import Import
from mailer.subscriptions.imports.operations import Origin
from mailer.subscriptions.imports.stages import Outcome, Stage

# In the place of the program that a file came from.
PRODUCT = "api"


@dataclass(frozen=True)
class Proven:
    """Who said yes elsewhere, to which list, in which language, and how that is shown."""

    address: Address
    list_id: int
    language: str
    origin: Origin


def take(person: Proven, actor: str, at: datetime) -> Outcome:
    """Let the address in, or say why not: who left, objected or was erased comes back themselves.

    Raises Invalid without the whole proof, or for a notice that is not kept here; Conflict for a
    list that appears no more.
    """
    closing.refuse(person.list_id)
    row = _described(person.list_id, person.origin, actor, at)
    if not row.is_proven or not is_kept(row.notice_sha256 or ""):
        raise Invalid("proof")
    db.session.add(row)
    db.session.flush()
    who, address = fingerprint_of(person.address), person.address.display
    # When and where the yes was said stands in the proof, for this address as for a whole file.
    staging.put([(row.id, who, address, person.language, Fate.TAKE.value, None, "")])
    taken = writing.take(row, at, 1)
    row.taken = dict(taken)
    operations.finish(row, at)
    record(actor, "import", row.origin)
    db.session.flush()
    return Outcome(next(iter(taken)))


def _described(list_id: int, origin: Origin, actor: str, at: datetime) -> Import:
    return Import(
        list_id=list_id,
        stage=Stage.WRITING,
        file_name="",
        sha256="",
        encoding="",
        separator="",
        header=[],
        product=PRODUCT,
        source=origin.source,
        collected_on=origin.collected_on,
        notice_sha256=origin.notice_sha256,
        answerable=origin.answerable,
        actor=actor,
        received_at=at,
        approved_at=at,
        began_at=at,
        rows_done=1,
        rows_total=1,
    )
