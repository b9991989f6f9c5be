"""The Jinja environments of letters: what is drawn is data, never a template."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mailer.newsletters import agenda, markdown
from mailer.newsletters.themes.sandbox import Sandbox
from mailer.newsletters.themes.theme import Theme
from mailer.resources import folder

LETTERS = folder("templates") / "newsletters"
# The partials that a theme may leave as they are.
SHARED = LETTERS / "mail"


def _prose(source: str) -> Markup:
    return Markup(markdown.to_html(source))  # noqa: S704 - nh3 has just cleaned it


FILTERS: Mapping[str, Callable[..., object]] = {
    "prose": _prose,
    "when": agenda.when,
    "leaf_day": agenda.leaf_day,
    "leaf_month": agenda.leaf_month,
    "month_year": agenda.month_year,
}

TEXT = Environment(loader=FileSystemLoader(LETTERS), undefined=StrictUndefined, trim_blocks=True)  # noqa: S701 - plain text
TEXT.filters["prose"] = markdown.to_text
TEXT.filters["wrapped"] = markdown.wrapped
TEXT.filters["when"] = agenda.when


def html(theme: Theme) -> Environment:
    """Where the partials of the theme are found, and ours where it has none of its own."""
    return _ours(theme.folder) if theme.is_built_in else _theirs(theme.folder)


@cache
def _ours(place: Path) -> Environment:
    loader = FileSystemLoader([place, SHARED])
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    return made


@cache
def _theirs(place: Path) -> Environment:
    return Sandbox(FileSystemLoader([place, SHARED]), FILTERS)
