"""JSON that a stranger may have written: whatever is asked of it, the answer has the right kind."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from mailer.errors import Invalid

Table = Mapping[str, object]

# Half of a character, which no database and no socket takes; and the one that PostgreSQL refuses.
UNWRITABLE = re.compile(r"[\ud800-\udfff\0]")
# Under which name a header of ours comes back: our own, and that of django-anymail for SendGrid.
REFERENCES = ("mailer_id", "mailer-id", "anymail_id")


def parsed(body: bytes) -> object:
    """What the JSON says; raises Invalid for what is none, or is too deep to be read."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Invalid("json") from None


def table(value: object) -> Table:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def required(value: object) -> Table:
    """The value, which must be an object; raises Invalid."""
    if not isinstance(value, dict):
        raise Invalid("json object")
    return value


def rows(value: object) -> tuple[object, ...]:
    """The value when it is a list, else nothing."""
    return tuple(value) if isinstance(value, list) else ()


def grouped(value: object) -> tuple[object, ...]:
    """The events of a service that sends one, or several in a list."""
    return tuple(value) if isinstance(value, list) else (value,)


def text(value: object) -> str:
    """The value as text; empty when it is neither text nor a number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return UNWRITABLE.sub("", str(value)) if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    try:
        return str(value)
    except ValueError:
        # Thousands of digits (CPython's guard against slow conversions).
        return ""


def first(said: Table, *names: str) -> str:
    """The first of these fields that says something."""
    return next((found for name in names if (found := text(said.get(name)))), "")


def nested(value: object) -> object:
    """What is written as JSON in a text, or is there already; None for neither."""
    if not isinstance(value, str):
        return value
    try:
        return parsed(text(value).encode())
    except Invalid:
        return None


def references(said: Table) -> tuple[str, ...]:
    """What the fields that we gave the mail say of which it is."""
    return tuple(found for name in REFERENCES if (found := text(said.get(name))))


def epoch(value: object, per_second: int = 1) -> datetime | None:
    """The instant so many units after 1970, or None."""
    try:
        return datetime.fromtimestamp(float(text(value)) / per_second, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def instant(value: object) -> datetime | None:
    """The instant that is written with its zone (RFC 3339), or None."""
    try:
        found = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return found if found.tzinfo else None


def field_of(headers: Iterable[object], name: str) -> str:
    """The first header field of that name, in a list of pairs or of objects with name and value."""
    for each in headers:
        pair = (each.get("name"), each.get("value")) if isinstance(each, dict) else rows(each)[:2]
        if len(pair) > 1 and text(pair[0]).lower() == name:
            return text(pair[1])
    return ""
