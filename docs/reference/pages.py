"""Each page by the file that it belongs in; a test compares them."""

import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from flask_babel import force_locale

from mailer.app import create_app
from mailer.web.language import LANGUAGES
from reference import api, commands, roles, settings

MANUAL = Path(__file__).parents[1] / "manual"
PAGES = {
    "settings": settings.written,
    "commands": commands.written,
    "roles": roles.written,
    "api": api.written,
}
# What French sets off by a space that no line ends at; code keeps its own.
CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.DOTALL)
MARKS = re.compile(r" ([:;?!»])")


def pages() -> Mapping[Path, str]:
    """Every page of reference."""
    found = {}
    with TemporaryDirectory() as folder:
        app = create_app({"DATA_FOLDER": folder})
        for language in LANGUAGES:
            with app.test_request_context(), force_locale(language):
                for name, written in PAGES.items():
                    file = MANUAL / language / "reference" / f"{name}.md"
                    found[file] = typeset(written(language), language)
    return found


def typeset(text: str, language: str) -> str:
    """The text with the spaces of its language."""
    if language != "fr":
        return text
    return "".join(
        part if part.startswith("`") else MARKS.sub("\u00a0\\1", part).replace("« ", "«\u00a0")
        for part in CODE.split(text)
    )
