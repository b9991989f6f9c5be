"""What programs send: the bodies and queries that the document of the interface asks for."""

import json
import re
from dataclasses import dataclass
from typing import Any

from fuzz import hostile
from hypothesis import strategies as st
from werkzeug.routing import Rule

DOCUMENT = "/api/v1/openapi.json"
PART = re.compile(r"<(?:\w+:)?(\w+)>")
TEXTS = ("Un texte", "alix.morvan@exemple.fr", "https://exemple.fr/actualites")
FORMATS = {"date": ("2026-11-01",), "date-time": ("2027-01-15T10:00:00+01:00",)}
# Where a value of another kind is asked for.
STRANGE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | hostile.TEXTS
    | st.just([])
    | st.just({})
    | st.just([[None]])
)


@dataclass(frozen=True, repr=False)
class Document:
    """The document as programs read it."""

    told: dict[str, Any]

    def parameters(self, rule: Rule, method: str) -> dict[str, list[str]]:
        """What the address may ask, each name with what is known to stand there."""
        asked = self._operation(rule, method).get("parameters", ())
        return {
            each["name"]: [str(value) for value in each["schema"].get("enum", (1,))]
            for each in asked
            if each["in"] == "query"
        }

    def bodies(self, rule: Rule, method: str) -> st.SearchStrategy[bytes]:
        """What is asked for, some of it replaced, and now and then no such thing at all."""
        body = self._operation(rule, method).get("requestBody")
        if body is None:
            return st.just(b"") | hostile.JSON
        schema = self._whole(body["content"]["application/json"]["schema"])
        fitting = self._object(schema, st.nothing())
        bent = self._object(schema, STRANGE)
        return (fitting | bent).map(lambda value: json.dumps(value).encode()) | hostile.JSON

    def _operation(self, rule: Rule, method: str) -> dict[str, Any]:
        path = PART.sub(r"{\1}", rule.rule)
        operation: dict[str, Any] = self.told["paths"].get(path, {}).get(method.lower(), {})
        return operation

    def _whole(self, schema: dict[str, Any]) -> dict[str, Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        return self.told["components"]["schemas"][name] if name else schema

    def _object(
        self, schema: dict[str, Any], strange: st.SearchStrategy[Any]
    ) -> st.SearchStrategy[dict[str, Any]]:
        known = schema.get("properties", {})
        values = {name: self._usual(each) | strange for name, each in known.items()}
        required = set(schema.get("required", ()))
        return st.fixed_dictionaries(
            {name: value for name, value in values.items() if name in required},
            optional={name: value for name, value in values.items() if name not in required},
        )

    def _usual(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        schema = self._whole(schema)
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        if either := schema.get("anyOf") or schema.get("allOf"):
            return st.one_of(*map(self._usual, either))
        kind = schema.get("type")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "array":
            return st.lists(self._usual(schema["items"]), min_size=1, max_size=3)
        if kind == "object":
            return self._object(schema, st.nothing())
        plain = {"integer": st.sampled_from((1, 2, 3)), "boolean": st.booleans()}
        return plain.get(kind, st.sampled_from(FORMATS.get(schema.get("format", ""), TEXTS)))
