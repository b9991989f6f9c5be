"""The headers of every answer: nothing foreign loads, nothing personal is cached or referred."""

from flask import Response, current_app, request

from mailer.web.access import is_desk, is_public

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# The desk shows a letter in a frame of its own.
DESK_POLICY = POLICY + "; frame-src 'self'"

ALWAYS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def harden(response: Response) -> Response:
    """Add the headers that the view did not set itself."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    of_the_desk = _is_of_the_desk()
    response.headers.setdefault("Content-Security-Policy", DESK_POLICY if of_the_desk else POLICY)
    if request.endpoint == "static":
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    response.vary.update(("Cookie", "Accept-Language"))
    # Search engines may know the pages that anyone can name; those hold no token and no number.
    if of_the_desk or request.view_args:
        response.headers.setdefault("X-Robots-Tag", "noindex")
    return response


def _is_of_the_desk() -> bool:
    """By its address too: an address that leads nowhere answers as one that is closed."""
    if request.endpoint is None:
        return is_desk(request.path)
    return not is_public(current_app, request.endpoint)
