"""Segments are saved and removed."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from mailer.accounts.queries import actor_of
from mailer.audit.operations import record
from mailer.db import db
from mailer.errors import Conflict
from mailer.subscriptions.segments import queries
from mailer.subscriptions.segments.models import Segment
from mailer.subscriptions.segments.predicate import Node
from mailer.subscriptions.segments.stored import to_json


def create(name: str, where: Node, account_id: int, at: datetime) -> Segment:
    """Keep a new segment; raises Conflict when another bears the name."""
    made = Segment(name=name, predicate=to_json(where), saved_by=account_id, saved_at=at)
    db.session.add(made)
    _write()
    record(actor_of(account_id), "create", f"segment:{made.id}")
    return made


def change(segment_id: int, name: str, where: Node, account_id: int, at: datetime) -> Segment:
    """Mean other people by it from now on; raises Conflict when another bears the name.

    A campaign that was decided before keeps the text that was read then.
    """
    kept = queries.segment(segment_id)
    kept.name, kept.predicate = name, to_json(where)
    kept.saved_by, kept.saved_at = account_id, at
    _write()
    record(actor_of(account_id), "change", f"segment:{segment_id}")
    return kept


def remove(segment_id: int, account_id: int) -> None:
    """Forget the segment; campaigns that were decided with it keep its text."""
    db.session.delete(queries.segment(segment_id))
    record(actor_of(account_id), "remove", f"segment:{segment_id}")
    db.session.flush()


def _write() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        raise Conflict("segment name") from None
