"""Why a theme from elsewhere is not offered: the rule, and where it is broken."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What every theme keeps to; the value is how the command names it."""

    NAME = "name"
    UNKNOWN_FILE = "unknown-file"
    MISSING_FILE = "missing-file"
    HEAVY_FILE = "heavy-file"
    SETTINGS = "settings"
    CONTRAST = "contrast"
    SYNTAX = "syntax"
    CALL = "call"
    FILTER = "filter"
    PRIVATE_NAME = "private-name"
    NESTED_LOOPS = "nested-loops"
    SCRIPT = "script"
    FORM = "form"
    REMOTE = "remote"
    IMPORT = "import"
    AT_RULE = "at-rule"
    SELECTOR = "selector"
    VARIABLE = "variable"
    MARKUP = "markup"
    DRAWING = "drawing"
    LANGUAGE = "language"
    TITLE = "title"
    PRESENTATION = "presentation"
    ALT = "alt"
    HEADINGS = "headings"
    LEGAL = "legal"
    CONTENT = "content"
    WEIGHT = "weight"


@dataclass(frozen=True)
class Refusal:
    """A rule that is broken, its file and its line (0 for the whole), and what stands there."""

    rule: Rule
    file: str
    line: int = 0
    detail: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.rule}: {self.detail}" if self.detail else f"{place}: {self.rule}"


def line_of(text: str, at: int) -> int:
    """The number of the line that the character stands on."""
    return text.count("\n", 0, at) + 1
