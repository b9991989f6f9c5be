"""The shape of the code: short files, short functions, names that say what is inside."""

import ast

import pytest

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# A module is named for what it knows, never for its rank.
RANKS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "managers", "core"}
BROAD = {"Exception", "BaseException"}
# A fault of one job must not end the worker; everywhere else it rises.
SWALLOWS = {"mailer/worker/loop.py"}


@pytest.fixture
def sources(root):
    files = [*root.glob("mailer/**/*.py"), *root.glob("tests/**/*.py")]
    return {str(file.relative_to(root)): file.read_text() for file in files}


def test_no_file_is_long(sources):
    lengths = {path: text.count("\n") for path, text in sources.items()}

    assert {p: n for p, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_function_is_long(sources):
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, text in sources.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]

    assert long == []


def test_no_module_is_named_for_its_rank(sources):
    names = {part.removesuffix(".py") for path in sources for part in path.split("/")}

    assert names & RANKS == set()


def test_only_the_worker_swallows_whatever_goes_wrong(sources):
    broad = {
        path
        for path, text in sources.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in BROAD)
        and not isinstance(node.body[-1], ast.Raise)
    }

    assert broad <= SWALLOWS
