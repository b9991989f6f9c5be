"""One file of routes: each is declared once, for the program and for its document.

key and scope | what is read | one transaction | what is shown
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any

from flask import Response, json, make_response, request
from flask_babel import LazyString
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from mailer.accounts.keys.scopes import Scope
from mailer.api import idempotency, matching
from mailer.api.paging import Asked, Found
from mailer.api.reading import JSON, Parser
from mailer.audit.looks import Why, looks
from mailer.db import db, transaction
from mailer.web.access import keyed

ROOT = "/api/v1"
View = Callable[..., Any]
Shown = type[Schema]

COMMON = (401, 403, 405, 406, 429)
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of what was read.",
}
KEY = {
    "in": "header",
    "name": idempotency.HEADER,
    "required": False,
    "schema": {"type": "string", "pattern": idempotency.PATTERN},
    "description": (
        f"The same key and body get the same answer for {idempotency.HOURS} hours;"
        " then the key counts as a new one."
    ),
}


@dataclass(frozen=True)
class Says:
    """A route in words, the scope that a key needs for it, and why it shows personal data."""

    words: LazyString
    scope: Scope
    why: Why | None = None


class Resource(Blueprint):  # type: ignore[misc]  # flask-smorest ships no types
    """The routes of one resource."""

    ARGUMENTS_PARSER = Parser()

    def __init__(self, name: str, module: str, title: LazyString) -> None:
        super().__init__(f"api_{name}", module, url_prefix=ROOT)
        self.title = title

    def lists(
        self, path: str, says: Says, shown: Shown, query: type[Schema] = Asked
    ) -> Callable[[View], View]:
        """The view gives a page of rows."""

        def declare(view: View) -> View:
            def answer(*given: Any, **place: Any) -> Response:
                found: Found = view(*given, **place)
                data = shown(many=True).dump(found.data)
                made = _json({"data": data, "next_cursor": found.next_cursor}, 200)
                if found.link:
                    made.headers["Link"] = found.link
                return made

            read = self.arguments(query, location="query")(_named(view, answer))
            told = self.response(200, _page_of(shown), headers=LINK)(read)
            return self._declared(path, "GET", says, told, (422,))

        return declare

    def shows(self, path: str, says: Says, shown: Shown) -> Callable[[View], View]:
        """The view gives the one thing of that address."""

        def declare(view: View) -> View:
            def answer(**place: Any) -> Response:
                return _told(shown().dump(view(**place)))

            told = self.response(200, shown, headers=ETAG)(_named(view, answer))
            return self._declared(path, "GET", says, told, (404,))

        return declare

    def asks(
        self, path: str, says: Says, taken: type[Schema], shown: Shown
    ) -> Callable[[View], View]:
        """The view gives what is found for a body, and changes nothing."""

        def declare(view: View) -> View:
            def answer(given: Mapping[str, Any], **place: Any) -> Response:
                found: Found = view(given, **place)
                return _json({"data": shown(many=True).dump(found.data), "next_cursor": None}, 200)

            read = self.arguments(taken)(_named(view, answer))
            told = self.response(200, _page_of(shown))(read)
            return self._declared(path, "POST", says, told, (400, 413, 415, 422))

        return declare

    def creates(
        self, path: str, says: Says, taken: type[Schema], shown: Shown
    ) -> Callable[[View], View]:
        """The view makes a thing of what is read, which has an address of its own."""
        return self._makes(path, says, taken, shown, LOCATION)

    def sends(
        self, path: str, says: Says, taken: type[Schema], shown: Shown
    ) -> Callable[[View], View]:
        """The view sends what is read away, and only tells that it did."""
        return self._makes(path, says, taken, shown, ETAG)

    def _makes(
        self,
        path: str,
        says: Says,
        taken: type[Schema],
        shown: Shown,
        headers: Mapping[str, Any],
    ) -> Callable[[View], View]:
        def declare(view: View) -> View:
            def answer(given: Mapping[str, Any], **place: Any) -> Response:
                def work() -> Response:
                    dumped = _dumped(shown, view(given, **place))
                    made = _told(dumped, 201)
                    if "Location" in headers:
                        made.headers["Location"] = f"{request.path}/{dumped['id']}"
                    return made

                return idempotency.once(work)

            read = self.arguments(taken)(_named(view, answer))
            told = self.response(201, shown, headers=headers)(read)
            _parameter(told, KEY)
            return self._declared(path, "POST", says, told, (400, 404, 409, 413, 415, 422))

        return declare

    def acts(self, path: str, says: Says, shown: Shown) -> Callable[[View], View]:
        """The view does what the address says, to the thing that it names."""

        def declare(view: View) -> View:
            def answer(**place: Any) -> Response:
                return idempotency.once(lambda: _told(_dumped(shown, view(**place))))

            told = self.response(200, shown, headers=ETAG)(_named(view, answer))
            _parameter(told, KEY)
            return self._declared(path, "POST", says, told, (404, 409, 413, 422))

        return declare

    def changes(
        self, path: str, says: Says, taken: type[Schema] | Schema, shown: Shown, of: View
    ) -> Callable[[View], View]:
        """The view changes the row that `of` holds, which nobody changed since it was read."""

        def declare(view: View) -> View:
            def answer(given: Mapping[str, Any], **place: Any) -> Response:
                with transaction():
                    row = of(**place)
                    matching.check(shown().dump(row))
                    return _told(_dumped(shown, view(given, row)))

            read = self.arguments(taken)(_named(view, answer))
            told = self.response(200, shown, headers=ETAG)(read)
            _parameter(told, IF_MATCH)
            return self._declared(path, "PATCH", says, told, (400, 404, *CHANGING, 413, 415, 422))

        return declare

    def removes(self, path: str, says: Says, shown: Shown, of: View) -> Callable[[View], View]:
        """The view removes the row that `of` holds."""

        def declare(view: View) -> View:
            def answer(**place: Any) -> Response:
                with transaction():
                    row = of(**place)
                    matching.check(shown().dump(row))
                    view(row)
                return make_response("", 204)

            told = self.response(204)(_named(view, answer))
            _parameter(told, IF_MATCH)
            return self._declared(path, "DELETE", says, told, (404, *CHANGING, 413))

        return declare

    def _declared(
        self, path: str, method: str, says: Says, view: View, statuses: Sequence[int]
    ) -> View:
        every = sorted({*COMMON, *statuses})
        errors = {str(status): ANSWERS.get(status, PROBLEM) for status in every}
        documented = self.doc(responses=errors)(view)
        if says.why:
            documented = looks(says.why)(documented)
        documented.says = says
        open_to: View = keyed(says.scope)(documented)
        self.add_url_rule(path, view_func=open_to, methods=[method])
        return open_to


CHANGING = (409, 412, 428)
PROBLEM = {"$ref": "#/components/responses/Problem"}
CHALLENGE = {"$ref": "#/components/responses/Challenge"}
ANSWERS = {401: CHALLENGE, 403: CHALLENGE}
TEXT = {"schema": {"type": "string"}}
ETAG = {"ETag": {"required": True, **TEXT}}
LOCATION = {"Location": {"required": True, **TEXT}, **ETAG}
LINK = {"Link": TEXT}


def _named(view: View, answer: View) -> View:
    """The answer under the name and words of the view."""
    return wraps(view)(answer)


def _parameter(view: View, parameter: Mapping[str, Any]) -> None:
    documented = view._apidoc  # type: ignore[attr-defined]  # noqa: SLF001 - as flask-smorest's own decorators do
    documented.setdefault("arguments", {}).setdefault("parameters", []).append(dict(parameter))


@cache
def _page_of(shown: Shown) -> type[Schema]:
    name = f"{shown.__name__.removesuffix('Schema')}Page"
    parts: dict[str, Any] = {
        "data": fields.List(fields.Nested(shown), required=True),
        "next_cursor": fields.String(allow_none=True, required=True),
    }
    return Schema.from_dict(parts, name=name)


def _dumped(shown: Shown, made: Any) -> dict[str, Any]:
    """What is shown of it once all of it is written, defaults and numbers included."""
    db.session.flush()
    dumped: dict[str, Any] = shown().dump(made)
    return dumped


def _told(dumped: Mapping[str, Any], status: int = 200) -> Response:
    made = _json(dumped, status)
    made.headers["ETag"] = matching.etag(dumped)
    return made


def _json(content: Mapping[str, Any], status: int) -> Response:
    return make_response(json.dumps(content), status, {"Content-Type": JSON})
