"""A message that takes back what it tells of, on the page that shows it, reloaded or not."""

from dataclasses import dataclass

from flask import Flask, request, session

KEPT = "undo"
# Of a browser too old to say that it is leaving the page (Fetch Metadata, 2.2): it is.
LEAVES = frozenset({None, "navigate"})


@dataclass(frozen=True)
class Offer:
    """What was done, and the address to post to that takes it back."""

    said: str
    action: str


def offer(said: str, action: str) -> None:
    """Say on the next page what was done, with a button that posts to that address."""
    session[KEPT] = {"said": said, "action": action, "page": None}


def offered() -> Offer | None:
    """What may be taken back on this page: shown where it was first, and gone on any other."""
    kept = session.get(KEPT)
    if not isinstance(kept, dict):
        return None
    if kept["page"] not in {None, request.path}:
        session.pop(KEPT)
        return None
    session[KEPT] = kept | {"page": request.path}
    return Offer(kept["said"], kept["action"])


def _withdraw() -> None:
    """Forget the offer once a button of the page was pressed, be it the one that takes back."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Mode") in LEAVES:
        session.pop(KEPT, None)


def install(app: Flask) -> None:
    """Let every page show what may be taken back on it."""
    app.before_request(_withdraw)
    app.jinja_env.globals["undo_offered"] = offered
