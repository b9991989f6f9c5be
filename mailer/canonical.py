"""The one JSON text of a content: equal contents give equal bytes (as RFC 8785)."""

import json

CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(content: object) -> str:
    """The text that a hash or a signature covers."""
    return CANONICAL.encode(content)
