"""Who changes a thing says which state of it they saw (RFC 9110, 13.1.1; RFC 6585, 3)."""

import hashlib
from collections.abc import Mapping

from flask import request
from flask_babel import lazy_gettext as _

from mailer.canonical import canonical
from mailer.web.problems import Kind, Problem

MISSING = Kind(428, "if-match-missing", _("Dites quel état vous avez lu, par l’en-tête If-Match"))
STALE = Kind(412, "stale", _("Quelque chose a changé depuis que vous l’avez lu"))


def etag(shown: Mapping[str, object]) -> str:
    """What changes when anything that is shown changes."""
    return f'"{hashlib.sha256(canonical(shown).encode()).hexdigest()[:32]}"'


def check(shown: Mapping[str, object]) -> None:
    """Raise Problem unless the request names the state that the thing is in."""
    named = request.headers.get("If-Match", "").strip()
    if not named:
        raise Problem(MISSING)
    tags = [each.strip() for each in named.split(",")]
    if "*" not in tags and etag(shown) not in tags:
        raise Problem(STALE)
