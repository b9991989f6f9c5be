"""Finds the numbers of the law in code, templates and translations: times and citations.

Comments and docstrings give reasons and sources, and are let be.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

COUNTS = "un|une|one|deux|two|trois|three|quatre|four|cinq|five|six|sept|seven|dix|ten|douze|twelve"
UNITS = "heures?|hours?|jours?|days?|semaines?|weeks?|mois|months?|ans?|années?|years?"
SPACE = r"[ \u00a0\u202f\n]+"
WORDS = re.compile(
    rf"\b(?:\d+|{COUNTS}){SPACE}(?:{UNITS})\b(?![’'])"
    r"|\b(?:RGPD|GDPR)[ \u00a0]art(?:icles?|s?\.)"
    r"|\bart(?:icles?|s?\.)[ \u00a0]\d+(?:\(\w+\))*"
    r"|\b78-17\b",
    re.IGNORECASE,
)
# The law counts in no time so short: one hour, one day, so many hours of a day.
SHORT = re.compile(
    rf"(?:(?:un|une|one|1){SPACE}(?:heure|hour|jour|day)|(?:\d|1\d|2[0-4]){SPACE}(?:heures|hours))$",
    re.IGNORECASE,
)
# Names that hold a number of the law, and calls that take one.
NAMED = re.compile(r"_(?:HOURS|DAYS|WEEKS|MONTHS|YEARS)$")
SHORTEST = {"hours": 25, "days": 2, "weeks": 1}
JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """Where a number of the law stands."""

    path: str
    line: int
    words: str


def found_in(root: Path) -> Iterator[Place]:
    """Each number and citation outside mailer/rules."""
    for path in sorted((root / "mailer").rglob("*.py")):
        yield from _in_code(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    for suffix in ("html", "txt"):
        for path in sorted((root / "templates").rglob(f"*.{suffix}")):
            text = JINJA_COMMENT.sub(_blank, path.read_text(encoding="utf-8"))
            yield from _in_text(path.relative_to(root).as_posix(), text, 1)
    for path in sorted((root / "mailer").rglob("*.po")):
        yield from _in_translations(root, path)


def _blank(comment: re.Match[str]) -> str:
    return "\n" * comment[0].count("\n")


def _in_text(path: str, text: str, first_line: int) -> Iterator[Place]:
    for found in WORDS.finditer(text):
        if SHORT.match(found[0]):
            continue
        line = first_line + text.count("\n", 0, found.start())
        yield Place(path, line, " ".join(found[0].split()))


def _in_translations(root: Path, path: Path) -> Iterator[Place]:
    with path.open("rb") as file:
        for entry in read_po(file):
            for said in (entry.id, entry.string) if entry.id else ():
                for form in (said,) if isinstance(said, str) else said:
                    yield from _in_text(path.relative_to(root).as_posix(), form, entry.lineno or 0)


def _in_code(path: str, source: str) -> Iterator[Place]:
    tree = ast.parse(source)
    docstrings = set(_docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node not in docstrings:
                yield from _in_text(path, node.value, node.lineno)
        elif _holds_a_number(node):
            yield Place(path, node.lineno, ast.unparse(node))


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            yield body[0].value


def _holds_a_number(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=int())):
            return NAMED.search(name) is not None
        case ast.Call(func=ast.Name(id="timedelta"), keywords=keywords):
            return any(_is_long(keyword) for keyword in keywords)
        case ast.Call(func=ast.Name(id="add_months"), args=[_, months]):
            return isinstance(months, ast.Constant)
        case _:
            return False


def _is_long(keyword: ast.keyword) -> bool:
    match keyword:
        case ast.keyword(arg=str(unit), value=ast.Constant(value=int(number))):
            return number >= SHORTEST.get(unit, number + 1)
        case _:
            return False
