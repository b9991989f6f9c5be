"""Acknowledgements that did not leave: held back by the limits of the form, or not delivered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select

from mailer.audit.operations import record
from mailer.db import db
from mailer.rights import operations, queries
from mailer.rights.carriage import Delivery
from mailer.rights.letters import Kind
from mailer.rights.models import Letter, RightsRequest
from mailer.rights.operations import subject
from mailer.rights.states import OPEN, Refusal

RECEIPTS = (Kind.A1, Kind.A1B)


@dataclass(frozen=True)
class Acknowledged:
    """The cases whose acknowledgement leaves, and why the others' does not."""

    sent: Collection[str]
    refused: dict[str, Refusal]


def is_missing() -> ColumnElement[bool]:
    """Whether no acknowledgement of a request has left, or was handed over."""
    return ~exists().where(
        Letter.request_id == RightsRequest.id,
        Letter.kind.in_(RECEIPTS),
        Letter.delivery != Delivery.FAILED,
    )


def has_left(case: RightsRequest) -> bool:
    """The same of a case at hand."""
    return any(
        letter.kind in RECEIPTS and letter.delivery != Delivery.FAILED for letter in case.letters
    )


def missing(cases: Iterable[RightsRequest]) -> set[str]:
    """The references of those of the open cases that nobody has acknowledged."""
    ids = [case.id for case in cases if case.state in OPEN]
    found = select(RightsRequest.reference).where(RightsRequest.id.in_(ids), is_missing())
    return set(db.session.scalars(found)) if ids else set()


def acknowledge(references: Iterable[str], actor: str, at: datetime) -> Acknowledged:
    """Write to those who were not, as far as the limits of the form allow it by now."""
    sent: list[str] = []
    refused: dict[str, Refusal] = {}
    for reference in sorted(set(references)):
        case = queries.held(reference)
        if why := _acknowledge(case, actor, at):
            refused[reference] = why
        else:
            sent.append(reference)
    return Acknowledged(sent, refused)


def _acknowledge(case: RightsRequest, actor: str, at: datetime) -> Refusal | None:
    if case.state not in OPEN:
        return Refusal.IS_CLOSED
    if has_left(case):
        return Refusal.ACKNOWLEDGED
    operations.acknowledge(case, at)
    if not has_left(case):
        return Refusal.TOO_MANY_MAILS
    record(actor, "acknowledge", subject(case))
    return None
