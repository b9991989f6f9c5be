"""Lists in pages by key: the cursor is signed, and opens no other list than its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from marshmallow import fields
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute

from mailer import links
from mailer.api.fields import Strict, parameter
from mailer.api.words import refused
from mailer.db import db
from mailer.errors import Invalid
from mailer.tokens import Purpose

USUAL, MOST = 50, 200
CURSOR = Purpose("api-cursor", None)


class Asked(Strict):
    """How many, and from where on."""

    limit = parameter(1, MOST, load_default=USUAL)
    cursor = fields.String()


@dataclass(frozen=True)
class Found:
    """One page, and the cursor of the next, or None on the last."""

    data: Sequence[Any]
    next_cursor: str | None

    @property
    def link(self) -> str | None:
        """The address of the next page, as the Link header gives it (RFC 8288)."""
        if self.next_cursor is None:
            return None
        query = urlencode(request.args.to_dict() | {"cursor": self.next_cursor})
        return f'<{links.absolute(request.path)}?{query}>; rel="next"'


def page(wanted: Select[Any], key: InstrumentedAttribute[int], asked: dict[str, Any]) -> Found:
    """The rows behind the cursor, oldest first, as many as are asked for."""
    size = int(asked["limit"])
    if last := asked.get("cursor"):
        wanted = wanted.where(key > _read(last))
    rows = db.session.scalars(wanted.order_by(key).limit(size + 1)).unique().all()
    if len(rows) <= size:
        return Found(rows, None)
    return Found(rows[:size], CURSOR.sign([request.path, getattr(rows[size - 1], key.key)]))


def _read(cursor: str) -> int:
    """The key in the cursor; raises Problem for one that is not of this list."""
    try:
        payload = CURSOR.read(cursor)
    except Invalid:
        payload = []
    match payload:
        case [request.path, int(last)]:
            return last
    raise refused("cursor", parameter="cursor")
