"""The proof file of a case: what happened, by whom, and the words of every letter.

rows as data | clock, moments, record of acts | JSON, known by its SHA-256 | PDF that bears it
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from mailer import addresses, rulebook
from mailer.audit.operations import record
from mailer.audit.queries import history_of
from mailer.db import db
from mailer.mail.models import OutboxMessage
from mailer.personal import Category
from mailer.rights.models import DeadlineWarning, Letter, RightsRequest
from mailer.rights.operations import subject
from mailer.rights.parts import as_text, read
from mailer.rights.reporting import evidence_rows, timeline
from mailer.rights.reporting.evidence_rows import ADDRESS, Cover, without_ways_in

FORMAT = "mailer-rights-proof-1"


@dataclass(frozen=True)
class Proof:
    """The file, made once: what stands in the PDF is what stands in the JSON."""

    reference: str
    made_at: datetime
    content: Mapping[str, Any]

    @property
    def json(self) -> bytes:
        return (json.dumps(self.content, ensure_ascii=False, indent=1) + "\n").encode()

    @property
    def sha256(self) -> str:
        """Of the JSON, byte for byte."""
        return hashlib.sha256(self.json).hexdigest()


def masked(case: RightsRequest, actor: str, at: datetime) -> Proof:
    """The proof without the addresses of persons; its making is recorded, and stands in it."""
    record(actor, "export-proof", subject(case))
    return _made(case, actor, at, _masked, frozenset({Category.POSTAL}))


def in_full(case: RightsRequest, actor: str, at: datetime) -> Proof:
    """The proof with the addresses, for whom they are needed; recorded as such."""
    record(actor, "export-proof-address", subject(case))
    return _made(case, actor, at, without_ways_in, frozenset())


def _masked(text: str) -> str:
    ours = current_app.config["DPO_ADDRESS"]
    return ADDRESS.sub(
        lambda found: found[0] if found[0] == ours else addresses.masked(found[0]),
        without_ways_in(text),
    )


def _made(
    case: RightsRequest, actor: str, at: datetime, cover: Cover, hide: frozenset[Category]
) -> Proof:
    held = evidence_rows.of(case, cover, hide=hide)
    for told, letter, text in zip(held["letters"], case.letters, _texts(case), strict=True):
        told |= {"text": cover(text), "hash_holds": _holds(letter)}
    content = {
        "format": FORMAT,
        "organisation": current_app.config["ORGANISATION"],
        "made_at": at.isoformat(),
        "made_by": actor,
        **held,
        "clock": _clock(case),
        "warnings": _warnings(case),
        "moments": [asdict(each) for each in timeline.moments(held)],
        "record": [
            {"at": entry.at.isoformat(), "actor": entry.actor, "verb": entry.verb}
            for entry in history_of(subject(case))
        ],
    }
    return Proof(case.reference, at, content)


def _texts(case: RightsRequest) -> list[str]:
    """The words of each letter; of one kept by the outbox alone, as long as that keeps them."""
    unkept = [letter.message_id for letter in case.letters if not letter.source]
    found = select(OutboxMessage.message_id, OutboxMessage.text).where(
        OutboxMessage.message_id.in_(unkept)
    )
    mailed = dict(db.session.execute(found).all())
    return [
        as_text(read(letter.source)) if letter.source else mailed.get(letter.message_id) or ""
        for letter in case.letters
    ]


def _holds(letter: Letter) -> bool | None:
    """Whether the letter is as it was written; None once its words are gone."""
    if not letter.source:
        return None
    return hashlib.sha256(letter.source.encode()).hexdigest() == letter.sha256


def _clock(case: RightsRequest) -> dict[str, object]:
    figures = rulebook.load().figures
    return {
        "rulebook": case.rulebook_version,
        "calendar": case.calendar,
        "raw_due": case.raw_due.isoformat(),
        "due": case.due.isoformat(),
        "steps": case.steps,
        "sources": [figures.answer_months.source, figures.extension_months.source],
    }


def _warnings(case: RightsRequest) -> Sequence[Mapping[str, str]]:
    given = select(DeadlineWarning).where(DeadlineWarning.request_id == case.id)
    return [
        {"timer": each.timer, "given_at": each.given_at.isoformat()}
        for each in db.session.scalars(given.order_by(DeadlineWarning.given_at))
    ]
