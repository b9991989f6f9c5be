"""A theme's folder: which files, how large, what theme.toml says."""

import re
from collections.abc import Iterator
from pathlib import Path

from mailer.errors import Invalid
from mailer.newsletters.themes import contrasts
from mailer.newsletters.themes.refusals import Refusal, Rule
from mailer.newsletters.themes.theme import BUILT_IN, SETTINGS, read

NEEDED = (SETTINGS, "letter.html", "letter.css", "screens.css")
ALLOWED = re.compile(r"[a-z][a-z-]{0,30}\.html|theme\.toml|(?:letter|screens)\.css|README\.md")
NAMED = re.compile(r"[a-z][a-z0-9-]{0,40}")
MOST_BYTES = 60_000


def refusals(place: Path) -> Iterator[Refusal]:
    """What is wrong before a file is read as what it is."""
    if not NAMED.fullmatch(place.name) or (BUILT_IN / place.name).exists():
        yield Refusal(Rule.NAME, place.name, 0, "small letters and digits, and no theme of ours")
    for file in sorted(place.iterdir()):
        if not ALLOWED.fullmatch(file.name) or file.is_symlink() or not file.is_file():
            yield Refusal(Rule.UNKNOWN_FILE, file.name)
        elif file.stat().st_size > MOST_BYTES:
            yield Refusal(Rule.HEAVY_FILE, file.name, 0, f"more than {MOST_BYTES} bytes")
    for name in NEEDED:
        if not (place / name).is_file():
            yield Refusal(Rule.MISSING_FILE, name)


def settings(place: Path) -> Iterator[Refusal]:
    """What theme.toml lacks, and the pairs of its colours that are hard to read."""
    try:
        theme = read(place)
    except Invalid as wrong:
        yield Refusal(Rule.SETTINGS, SETTINGS, 0, str(wrong))
        return
    for found in contrasts.unreadable(theme.tokens):
        pair = f"{found.pair.text} on {found.pair.ground}, {found.scheme}"
        told = f"{pair}: {int(found.ratio * 10) / 10}, not {found.pair.least}"
        yield Refusal(Rule.CONTRAST, SETTINGS, 0, told)
