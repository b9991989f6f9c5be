"""The themes of an installation: folders in the data folder, each checked when it changed."""

from functools import lru_cache
from pathlib import Path

from flask import current_app

from mailer.newsletters.themes import checking
from mailer.newsletters.themes.refusals import Refusal
from mailer.newsletters.themes.theme import Theme, read

KEPT = 50


def folders() -> list[Path]:
    """Where the themes of this installation lie, by name."""
    asked = current_app.config["THEMES_FOLDER"]
    place = Path(asked) if asked else Path(current_app.config["DATA_FOLDER"]) / "themes"
    return sorted(each for each in place.iterdir() if each.is_dir()) if place.is_dir() else []


def accepted() -> dict[str, Theme]:
    """Those that keep to every rule, by name."""
    return {place.name: read(place) for place in folders() if not refusals(place)}


def refused() -> list[tuple[str, Refusal]]:
    """The others, each with the first rule that it breaks."""
    return [(place.name, found[0]) for place in folders() if (found := refusals(place))]


def refusals(place: Path) -> tuple[Refusal, ...]:
    """What is wrong with the theme; asked again once a file of it changed."""
    files = sorted(place.rglob("*"))
    state = tuple((str(f), s.st_mtime_ns, s.st_size) for f in files if (s := f.lstat()))
    return _refusals(place, state)


@lru_cache(KEPT)
def _refusals(place: Path, _state: tuple[tuple[str, int, int], ...]) -> tuple[Refusal, ...]:
    return checking.refusals(place)
