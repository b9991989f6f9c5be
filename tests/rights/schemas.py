"""A small reader of JSON Schema: the words that the published schemas use, and no other."""

from datetime import date, datetime

TYPES = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}
SILENT = {"$schema", "$id", "title"}


def faults(value, schema, where="$"):
    """What the value breaks of the schema, with its place."""
    for word, said in schema.items():
        if word not in SILENT:
            yield from RULES[word](value, said, where, schema)


def _type(value, said, where, _schema):
    kinds = [said] if isinstance(said, str) else said
    if type(value) not in [TYPES[kind] for kind in kinds]:
        yield f"{where}: {value!r} is no {said}"


def _enum(value, said, where, _schema):
    if value not in said:
        yield f"{where}: {value!r} is none of {said}"


def _const(value, said, where, schema):
    yield from _enum(value, [said], where, schema)


def _format(value, said, where, _schema):
    try:
        value is None or FORMATS[said](value)
    except ValueError:
        yield f"{where}: {value!r} is no {said}"


def _required(value, said, where, _schema):
    yield from (f"{where}: {name} is missing" for name in said if name not in value)


def _properties(value, said, where, _schema):
    for name in said.keys() & value.keys():
        yield from faults(value[name], said[name], f"{where}.{name}")


def _nothing_else(value, _said, where, schema):
    yield from (f"{where}: {name} is unknown" for name in value.keys() - schema["properties"])


def _items(value, said, where, _schema):
    for number, item in enumerate(value):
        yield from faults(item, said, f"{where}[{number}]")


RULES = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "format": _format,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _nothing_else,
    "items": _items,
}
