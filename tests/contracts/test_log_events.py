"""Logs are static events with ids: looked for in the source, whatever a run would write."""

import ast

import pytest

LEVELS = {"debug", "info", "warning", "error", "exception", "critical"}
# Names of values that are somebody's.
PERSONAL = {"address", "email", "recipient", "token", "name", "body", "path", "url", "subject"}


@pytest.fixture
def calls(root):
    """Every call on a `log`, with the place where it stands."""
    return [
        (f"{path.relative_to(root)}:{node.lineno}", node)
        for path in root.glob("mailer/**/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and is_logging(node.func)
    ]


def is_logging(function):
    return (
        isinstance(function, ast.Attribute)
        and function.attr in LEVELS
        and isinstance(function.value, ast.Name)
        and function.value.id in {"log", "logger"}
    )


def test_every_event_is_a_constant(calls):
    made = [place for place, call in calls if [type(a) for a in call.args] != [ast.Constant]]

    assert made == []


def test_no_value_of_a_person_is_logged(calls):
    told = [place for place, call in calls if {k.arg for k in call.keywords} & PERSONAL]

    assert told == []
