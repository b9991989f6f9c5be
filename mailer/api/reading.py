"""What a program sends, read once: JSON under limits, fields by their schema."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import marshmallow
from flask import Request
from webargs.flaskparser import FlaskParser

from mailer.api.words import fault_of
from mailer.web import problems
from mailer.web.problems import FieldFault, Problem

JSON = "application/json"
# Deeper than anything that is taken here.
DEEPEST = 20
# What neither database keeps in a text, and what no UTF-8 can say.
UNWRITABLE = ("\0", *(chr(0xD800), chr(0xDFFF)))


class Parser(FlaskParser):
    """Reads bodies and parameters; whatever is unknown is a fault, so that a typo is none."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs declares it so
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "json": marshmallow.RAISE,
        "query": marshmallow.RAISE,
    }

    def load_json(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The JSON of the body; raises Problem for what is none."""
        del schema
        return body(req)

    def handle_error(
        self, error: marshmallow.ValidationError, *_args: object, **_more: object
    ) -> NoReturn:
        """Tell each fault and its place."""
        assert isinstance(error.messages, Mapping)  # noqa: S101 - webargs groups them by location
        raise Problem(problems.INVALID, faults=list(_faults(error.messages)))


def body(req: Request) -> Any:
    """The JSON of the body; raises Problem for what is none, or could not be kept."""
    if req.mimetype != JSON:
        raise Problem(problems.MEDIA_TYPE)
    try:
        read = json.loads(req.get_data(), parse_constant=_refuse)
        unwritable = list(_unwritable(read, "#", 0))
    except (ValueError, RecursionError):
        raise Problem(problems.UNREADABLE) from None
    if unwritable:
        raise Problem(problems.INVALID, faults=unwritable)
    return read


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _unwritable(value: object, place: str, depth: int) -> Iterator[FieldFault]:
    """The texts that hold what cannot be kept, wherever they stand."""
    if depth > DEEPEST:
        raise ValueError("too deep")
    if isinstance(value, str) and _is_unwritable(value):
        yield fault_of("character", pointer=place)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if _is_unwritable(name):
                yield fault_of("character", pointer=place)
            else:
                yield from _unwritable(each, f"{place}/{escaped(name)}", depth + 1)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from _unwritable(each, f"{place}/{number}", depth + 1)


def _is_unwritable(text: str) -> bool:
    first, low, high = UNWRITABLE
    return any(sign == first or low <= sign <= high for sign in text)


def escaped(name: str) -> str:
    """The name as a JSON pointer writes it (RFC 6901, 3)."""
    return name.replace("~", "~0").replace("/", "~1")


def _faults(messages: Mapping[Any, Any]) -> Iterator[FieldFault]:
    for location, found in messages.items():
        if location == "json":
            yield from _pointed(found, "#")
        else:
            for name, texts in _named(found):
                yield fault_of(str(texts[0]), parameter=name)


def _named(found: object) -> Iterator[tuple[str, list[object]]]:
    if isinstance(found, Mapping):
        for name, texts in found.items():
            yield str(name), texts if isinstance(texts, list) else [texts]


def _pointed(found: object, place: str) -> Iterator[FieldFault]:
    """Every fault below that place, each with its pointer."""
    if isinstance(found, Mapping):
        for name, each in found.items():
            below = place if name == "_schema" else f"{place}/{escaped(str(name))}"
            yield from _pointed(each, below)
    elif isinstance(found, list):
        for text in found:
            yield fault_of(str(text), pointer=place)
