"""Who may call a route. A route that does not say is refused."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.globals import request_ctx
from structlog import get_logger
from werkzeug.wrappers import Response

from mailer.web import bearer, problems
from mailer.web.journal import who
from mailer.web.problems import Problem

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
# What is below this address is the desk's.
DESK = "/bureau"
# Anyone who is signed in, whatever their role.
SIGNED_IN = "signed-in"
# Who has shown their passphrase, and owes a second factor yet; it opens its own pages alone.
FACTOR_OWED = "factor-owed"
FACTOR_PAGE = "factors.ask"
# What is below this address answers programs alone, and never in HTML.
API = "/api/"
# A program that holds a key; the scope that the key must have stands on the view.
KEYED = "key"
# Routes that Flask and its extensions bring, which cannot carry our mark.
DECLARED = {"static": frozenset({PUBLIC})}

log = get_logger()


def public(view: View) -> View:
    """Anyone may call it; a form posted to it must carry our signed form token."""
    return _mark(view, PUBLIC)


def machine(view: View) -> View:
    """Anyone's program may post to it without a form: RFC 8058 one-click and signed hooks."""
    view.machine = True  # type: ignore[attr-defined]  # the mark that web/forms.py reads
    return _mark(view, PUBLIC)


def staff(*roles: str) -> Callable[[View], View]:
    """Only who is signed in and holds one of the roles."""
    return lambda view: _mark(view, *roles)


def keyed(scope: str) -> Callable[[View], View]:
    """Only a program whose key has that scope."""

    def declare(view: View) -> View:
        view.scope = scope  # type: ignore[attr-defined]  # the mark that check() reads
        return _mark(view, KEYED)

    return declare


def _mark(view: View, *roles: str) -> View:
    view.roles = frozenset(roles)  # type: ignore[attr-defined]  # the mark that check() reads
    return view


def roles_of(app: Flask, endpoint: str) -> frozenset[str] | None:
    """The roles that may call the endpoint, or None when its view is silent."""
    return DECLARED.get(endpoint) or getattr(app.view_functions[endpoint], "roles", None)


def is_public(app: Flask, endpoint: str) -> bool:
    """Whether anyone may call the endpoint."""
    return PUBLIC in (roles_of(app, endpoint) or ())


def is_machine(app: Flask, endpoint: str) -> bool:
    """Whether programs, not forms, post to the endpoint."""
    return getattr(app.view_functions[endpoint], "machine", False)


def is_keyed(app: Flask, endpoint: str) -> bool:
    """Whether programs ask for it with a key, and never with a cookie."""
    return KEYED in (roles_of(app, endpoint) or ())


def scope_of(app: Flask, endpoint: str) -> str:
    """The scope that a key needs there."""
    return str(getattr(app.view_functions[endpoint], "scope", ""))


def is_api(path: str) -> bool:
    """Whether programs read what is answered there."""
    return path.startswith(API)


def is_desk(path: str) -> bool:
    """Whether the path is one of the desk."""
    return path == DESK or path.startswith(f"{DESK}/")


def check() -> Response | None:
    """Let the request through, send a stranger to the sign-in page, or answer as if absent."""
    if request.endpoint is None:
        return _unknown()
    if is_public(current_app, request.endpoint):
        return None
    allowed = roles_of(current_app, request.endpoint)
    if allowed is None:
        abort(404)
    if KEYED in allowed:
        _check_key(request.endpoint)
        return None
    if "owing" in g and FACTOR_OWED in allowed:
        return None
    if "roles" not in g:
        return _to_the_door()
    if not _opens(allowed):
        log.warning("access.refused", endpoint=request.endpoint, **who())
        abort(404)
    return None


def _opens(allowed: frozenset[str]) -> bool:
    """Whether the reader, who is signed in, may call a route of those roles."""
    return SIGNED_IN in allowed or not allowed.isdisjoint(g.roles)


def _check_key(endpoint: str) -> None:
    """Whatever else the request carries: a cookie opens nothing of the API."""
    if "key" not in g:
        raise Problem(problems.KEY_MISSING, headers=bearer.unknown())
    needed = scope_of(current_app, endpoint)
    if needed not in g.key.scopes:
        log.warning("access.out_of_scope", endpoint=endpoint, **who())
        raise Problem(problems.OUT_OF_SCOPE, headers=bearer.insufficient(needed))


def _unknown() -> Response | None:
    """A stranger learns of no address of the desk whether it exists, nor staff of a closed one."""
    if not is_desk(request.path):
        return None
    if "roles" not in g:
        return _to_the_door()
    by_method = _roles_by_method()
    if by_method and not any(map(_opens, by_method)):
        abort(404)
    return None


def _roles_by_method() -> list[frozenset[str]]:
    """Who may call the address by each of the methods that it takes."""
    adapter = request_ctx.url_adapter
    if adapter is None:
        return []
    endpoints = (adapter.match(method=each)[0] for each in adapter.allowed_methods())
    return [roles_of(current_app, endpoint) or frozenset() for endpoint in endpoints]


def _to_the_door() -> Response:
    door = FACTOR_PAGE if "owing" in g else "accounts.sign_in"
    return redirect(url_for(door, next=_way_back()), 303)


def _way_back() -> str | None:
    """The page asked for, without its query, which may hold what was searched."""
    return request.path if request.method in {"GET", "HEAD"} else None


def local_path(text: str | None) -> str | None:
    """The text when it is the path of a page of this site, else None (CWE-601)."""
    if not text or not text.isprintable() or "\\" in text:
        return None
    return text if text.startswith("/") and not text.startswith("//") else None
