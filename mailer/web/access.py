"""Who may call a route. A route that does not say is refused."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for

View = TypeVar("View", bound=Callable[..., object])

PUBLIC = "public"
# Anyone who is signed in, whatever their role.
SIGNED_IN = "signed-in"
# Routes that Flask and its extensions bring, which cannot carry our mark.
DECLARED = {"static": PUBLIC}


def public(view: View) -> View:
    """Anyone may call it; a form posted to it must carry our signed form token."""
    view.role = PUBLIC  # type: ignore[attr-defined]  # the mark that check() reads
    return view


def machine(view: View) -> View:
    """Anyone's program may post to it without a form: RFC 8058 one-click and signed hooks."""
    view.role = PUBLIC  # type: ignore[attr-defined]  # the mark that check() reads
    view.machine = True  # type: ignore[attr-defined]  # the mark that web/forms.py reads
    return view


def staff(role: str) -> Callable[[View], View]:
    """Only who is signed in and holds the role."""

    def declare(view: View) -> View:
        view.role = role  # type: ignore[attr-defined]  # the mark that check() reads
        return view

    return declare


def role_of(app: Flask, endpoint: str) -> str | None:
    """The role that the endpoint's view declares, or None when it is silent."""
    return DECLARED.get(endpoint) or getattr(app.view_functions[endpoint], "role", None)


def is_machine(app: Flask, endpoint: str) -> bool:
    """Whether programs, not forms, post to the endpoint."""
    return getattr(app.view_functions[endpoint], "machine", False)


def check() -> Response | None:
    """Let the request through, send a stranger to the sign-in page, or answer as if absent."""
    if request.endpoint is None:
        return None
    role = role_of(current_app, request.endpoint)
    if role == PUBLIC:
        return None
    roles = g.get("roles")
    if role is None or (roles is not None and role != SIGNED_IN and role not in roles):
        abort(404)
    if roles is None:
        back = request.full_path if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=back))  # type: ignore[return-value]  # werkzeug's wider type
    return None
