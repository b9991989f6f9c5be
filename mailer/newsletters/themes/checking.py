"""Whether a theme from elsewhere is offered: files | settings | style | templates | its page."""

from collections.abc import Iterator
from pathlib import Path

from mailer.newsletters import drawing
from mailer.newsletters.compose import SCREENS, STYLE
from mailer.newsletters.themes import check_css, check_files, check_page, check_templates
from mailer.newsletters.themes.refusals import Refusal, Rule
from mailer.newsletters.themes.theme import Theme, read


def refusals(place: Path) -> tuple[Refusal, ...]:
    """All that is wrong with the theme of that folder; nothing for one that may be offered."""
    if not place.is_dir():
        return (Refusal(Rule.MISSING_FILE, place.name, 0, "this is no folder"),)
    # Each step rests on the one before: a file that is none is not read as one.
    if found := (*check_files.refusals(place), *check_files.settings(place)):
        return found
    theme = read(place)
    try:
        found = tuple(_sources(theme))
    except UnicodeDecodeError:
        return (Refusal(Rule.SYNTAX, place.name, 0, "every file is UTF-8"),)
    return found or tuple(check_page.refusals(theme))


def _sources(theme: Theme) -> Iterator[Refusal]:
    for name in (STYLE, SCREENS):
        css = (theme.folder / name).read_text(encoding="utf-8")
        yield from check_css.refusals(name, css, theme.tokens)
        if name == STYLE:
            yield from check_css.inlined(name, css)
    sandbox = drawing.html(theme)
    for file in sorted(theme.folder.glob("*.html")):
        source = file.read_text(encoding="utf-8")
        yield from check_templates.refusals(file.name, source, sandbox)
