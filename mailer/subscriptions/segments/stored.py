"""A predicate as a row keeps it: JSON of a known version, read back with care."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from mailer.errors import Invalid
from mailer.subscriptions.segments.predicate import (
    All,
    Dated,
    Deed,
    Did,
    Field,
    Is,
    Lately,
    Moment,
    Node,
    Not,
    Side,
    Some,
    Unit,
    is_bounded,
)

VERSION = 1


def to_json(node: Node) -> dict[str, object]:
    """The predicate as it is kept."""
    return {"version": VERSION, "where": _kept(node)}


def from_json(kept: Mapping[str, Any]) -> Node:
    """What was kept; raises Invalid for what this version did not write."""
    try:
        if kept["version"] != VERSION:
            raise Invalid("a predicate of another version")
        node = _read(kept["where"])
    except (KeyError, TypeError, ValueError):
        raise Invalid("no predicate of ours") from None
    if not is_bounded(node):
        raise Invalid("too large a predicate")
    return node


def _kept(node: Node) -> dict[str, object]:  # noqa: PLR0911 - one for each kind
    match node:
        case All(parts):
            return {"all": [_kept(part) for part in parts]}
        case Some(parts):
            return {"some": [_kept(part) for part in parts]}
        case Not(part):
            return {"not": _kept(part)}
        case Is(field, value):
            return {"field": field.value, "is": value}
        case Dated(moment, side, day):
            return {"moment": moment.value, side.value: day.isoformat()}
        case Lately(moment, days):
            return {"moment": moment.value, "days": days}
        case Did(deed, count, unit):
            return {"deed": deed.value, unit.value: count}


def _read(kept: Mapping[str, Any]) -> Node:  # noqa: PLR0911 - one for each kind
    match kept:
        case {"all": [*parts]} if len(parts) > 1:
            return All(tuple(map(_read, parts)))
        case {"some": [*parts]} if len(parts) > 1:
            return Some(tuple(map(_read, parts)))
        case {"not": part}:
            return Not(_read(part))
        case {"field": field, "is": str(value)}:
            return Is(Field(field), value)
        case {"deed": deed, "days": int(count)}:
            return Did(Deed(deed), count, Unit.DAYS)
        case {"deed": deed, "letters": int(count)}:
            return Did(Deed(deed), count, Unit.LETTERS)
        case {"moment": moment, "days": int(count)}:
            return Lately(Moment(moment), count)
        case {"moment": moment, "before": str(day)}:
            return Dated(Moment(moment), Side.BEFORE, date.fromisoformat(day))
        case {"moment": moment, "after": str(day)}:
            return Dated(Moment(moment), Side.AFTER, date.fromisoformat(day))
    raise ValueError("no part of a predicate")
