"""The JSON Schema of what a person carries elsewhere, drawn from the declarations.

It is published as static/schemas/portability-1.json; a test holds the file to this.
"""

from collections.abc import Mapping

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer

from mailer.db import Base, UTCDateTime
from mailer.declarations import declared, tables
from mailer.rights import copies
from mailer.rights.holdings import ELSEWHERE
from mailer.rights.portable import FORMAT, VERSION, columns

Schema = dict[str, object]


def schema() -> Schema:
    """The whole: an object that names its format, and tables of rows."""
    held = {table.name: columns(table.name, declared(table)) for table in tables()}
    described = {
        name: {"type": "array", "items": _object({c: _column(name, c) for c in said})}
        for name, said in sorted(held.items())
        if said and name not in ELSEWHERE
    }
    parts: Schema = {
        "$schema": {"type": "string"},
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "made_at": {"type": "string", "format": "date-time"},
        "titles": {"type": "object"},
        "tables": _object(described) | {"required": []},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT}:{VERSION}",
        "title": "What a person gave to a newsletter, or shows by its use",
        **_object(parts),
    }


def _object(properties: Mapping[str, object]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _column(table: str, name: str) -> Schema:
    if name in copies.NAMED.get(table, {}):
        return {"type": ["string", "null"]}
    column = Base.metadata.tables[table].c[name]
    kind = _kind(column)
    if isinstance(column.type, Enum):
        words = list(column.type.enums)
        return {"enum": [*words, None] if column.nullable else words}
    return kind | ({"type": [kind["type"], "null"]} if column.nullable and "type" in kind else {})


def _kind(column: Column[object]) -> Schema:
    if isinstance(column.type, UTCDateTime):
        return {"type": "string", "format": "date-time"}
    return next((said for each, said in KINDS.items() if isinstance(column.type, each)), STRING)


STRING: Schema = {"type": "string"}
KINDS: dict[type, Schema] = {
    Boolean: {"type": "boolean"},
    Date: {"type": "string", "format": "date"},
    Integer: {"type": "integer"},
    JSON: {},
}
