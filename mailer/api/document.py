"""The OpenAPI 3.1 document, made of the routes as they are, at the first look at it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from flask_smorest import Api

from mailer import links
from mailer.api.resource import Resource, Says
from mailer.web import problems
from mailer.web.access import scope_of
from mailer.web.bounds import LARGEST_KEY

VERSION = "1.0.0"
CACHE = "api-documents"
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    name: {"type": "string"}
                    for name in ("code", "detail", "pointer", "parameter", "header")
                },
            },
        },
    },
}
CHALLENGE = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}


@dataclass(frozen=True)
class Route:
    """One operation, for the page that people read."""

    method: str
    path: str
    says: Says


class Documented(Api):  # type: ignore[misc]  # flask-smorest ships no types
    """Describes routes that stand already, and leaves errors to web/errors.py."""

    def _register_error_handlers(self) -> None:
        return


def of(resources: tuple[Resource, ...], language: str) -> dict[str, Any]:
    """The document in that language."""
    kept: dict[str, dict[str, Any]] = current_app.extensions.setdefault(CACHE, {})
    if language not in kept:
        with force_locale(language):
            kept[language] = _made(resources)
    return kept[language]


def _made(resources: tuple[Resource, ...]) -> dict[str, Any]:
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001 - flask-smorest keeps it
    api = Documented(
        app, spec_kwargs={"title": "mailer", "version": VERSION, "openapi_version": "3.1.0"}
    )
    spec = api.spec
    spec.components.schema("Problem", PROBLEM)
    content = {problems.TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    spec.components.response("Problem", {"description": "RFC 9457", "content": content})
    challenge = {"description": "RFC 9457, RFC 6750", "headers": CHALLENGE, "content": content}
    spec.components.response("Challenge", challenge)
    spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})
    for resource in resources:
        resource.register_views_in_doc(api, app, spec, name=resource.name, parameters=None)
        spec.tag({"name": resource.name, "description": str(resource.title)})
    made: dict[str, Any] = spec.to_dict()
    made["components"]["responses"].pop("DEFAULT_ERROR")
    made["servers"] = [{"url": links.absolute("/")}]
    for endpoint, operation in _operations(made, resources):
        operation.pop("description", None)
        operation["responses"].pop("default")
        operation |= {
            "operationId": endpoint.removeprefix("api_"),
            "summary": str(says_of(endpoint).words),
            "security": [{"key": []}],
            "x-scope": scope_of(current_app, endpoint),
        }
    return made


def says_of(endpoint: str) -> Says:
    """What the route of that endpoint says of itself."""
    found: Says = vars(current_app.view_functions[endpoint])["says"]
    return found


def _operations(
    made: dict[str, Any], resources: tuple[Resource, ...]
) -> Iterator[tuple[str, dict[str, Any]]]:
    names = {resource.name for resource in resources}
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in names:
            path = _openapi(rule.rule)
            for parameter in made["paths"][path].get("parameters", []):
                parameter["schema"] = {"type": "integer", "minimum": 1, "maximum": LARGEST_KEY}
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                yield rule.endpoint, made["paths"][path][method.lower()]


def _openapi(rule: str) -> str:
    """The address as OpenAPI writes it: `{list_id}` for `<int:list_id>`."""
    return rule.replace("<int:", "{").replace("<", "{").replace(">", "}")


def routes(resource: Resource) -> list[Route]:
    """The operations of a resource, as the page lists them."""
    order = ("GET", "POST", "PATCH", "DELETE")
    found = [
        Route(method, _openapi(rule.rule), says_of(rule.endpoint))
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] == resource.name
        for method in (rule.methods or set()) & set(order)
    ]
    return sorted(found, key=lambda each: (each.path, order.index(each.method)))
