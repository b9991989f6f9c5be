"""Where the folders beside the package lie: inside it once installed, next to it in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).parent


# What a checkout has under another name, so that a wheel brings it beside the code.
ELSEWHERE = {"handbook": "docs/manual", "pictures": "docs/images"}


def folder(name: str) -> Path:
    """The folder of that name, in a wheel and in a checkout alike."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / ELSEWHERE.get(name, name)
