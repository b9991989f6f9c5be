"""The fields of schemas: what texts, numbers and instants look like in this API."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from mailer.web.bounds import LARGEST_KEY
from mailer.web.language import LANGUAGES

LINE, PROSE = 300, 20_000
WEB = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\x00-\x1f\x7f]+$"
# Marks what says something of a person: whoever shows it records the look.
PERSONAL = {"x-personal": True}


# A text says something when one sign of it can be seen; written without classes, because JSON
# Schema and Python disagree on what a space is.
SEEN = r"[^\x00-\x20\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"


class Whole(validate.Regexp):
    """The whole text fits the pattern, which a document can repeat (ECMA-262)."""

    def __call__(self, value: str) -> str:  # type: ignore[override]  # bytes never come here
        if re.fullmatch(str(self.regex.pattern), value) is None:
            raise ValidationError(self._format_error(value))
        return value


class Seen(validate.Regexp):
    """Something in the text can be seen."""

    def __call__(self, value: str) -> str:  # type: ignore[override]  # bytes never come here
        if re.search(str(self.regex.pattern), value) is None:
            raise ValidationError(self._format_error(value))
        return value


class Strict(Schema):
    """Fields in the order in which they stand; what is not among them is a fault."""

    class Meta:
        unknown = RAISE


class Instant(fields.AwareDateTime):
    """An instant in UTC (RFC 3339)."""

    def __init__(self, **more: Any) -> None:
        super().__init__(format="iso", default_timezone=None, **more)

    def _serialize(self, value: datetime | None, *_args: Any, **_more: Any) -> str | None:
        return None if value is None else stamp(value)

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        if not isinstance(value, str):
            raise ValidationError("type")
        try:
            read = super()._deserialize(value, *args, **more)
            return read.astimezone(UTC)
        except OverflowError:
            raise ValidationError("range") from None


def stamp(at: datetime) -> str:
    """The instant as RFC 3339 writes it in UTC."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class RowNumber(fields.Integer):
    """The number of a row; 3.0 is one too, as JSON Schema has it, and "3" is none."""

    def _deserialize(self, value: Any, *args: Any, **more: Any) -> Any:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or value != int(value):
            raise ValidationError("type")
        return super()._deserialize(int(value), *args, **more)


def number(**more: Any) -> fields.Integer:
    """The number of a row."""
    return RowNumber(validate=validate.Range(1, LARGEST_KEY, error="range"), **more)


def parameter(low: int, high: int, **more: Any) -> fields.Integer:
    """A number in the query of an address, which is always written as text."""
    return fields.Integer(validate=validate.Range(low, high, error="range"), **more)


def line(most: int = LINE, **more: Any) -> fields.String:
    """A text that says something."""
    length = validate.Length(1, most, error="length")
    return fields.String(validate=[length, Seen(SEEN, error="text")], **more)


def prose(most: int = PROSE, **more: Any) -> fields.String:
    """A text that may be long, or empty."""
    return fields.String(validate=validate.Length(0, most, error="length"), **more)


def link(most: int, check: Callable[[str], None], **more: Any) -> fields.String:
    """The address of something on the web, which the check of the desk's form lets pass too."""
    length = validate.Length(1, most, error="length")
    return fields.String(validate=[length, Whole(WEB, error="link"), check], **more)


def flag() -> fields.Boolean:
    """True or false, and nothing that could be read as one; false when it is not sent."""
    return fields.Boolean(truthy={True}, falsy={False}, load_default=False)


def language() -> fields.String:
    """One of the languages of the house; its first, when it is not sent."""
    known = validate.OneOf(LANGUAGES, error="choice")
    return fields.String(load_default=LANGUAGES[0], validate=known)


def choice(kind: type[StrEnum], **more: Any) -> fields.Enum[Any]:
    """One word of the enumeration."""
    return fields.Enum(kind, by_value=fields.String(), **more)


def shown_choice() -> fields.String:
    """A word of an enumeration, shown as it is."""
    return fields.String()
