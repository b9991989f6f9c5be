"""Tests that documents name by their file and their name, and which of them do not exist."""

import ast
import re
from functools import cache
from pathlib import Path

TEST = re.compile(r"tests/[\w/]+\.py::test_\w+")


def missing(root: Path, text: str) -> list[str]:
    """The tests that the text names and that do not exist."""
    return [test for test in TEST.findall(text) if not _exists(root, *test.split("::"))]


def _exists(root: Path, path: str, name: str) -> bool:
    return name in _functions(root / path)


@cache
def _functions(path: Path) -> set[str]:
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
