"""Which functions of the program a view may come to call: what its text names, followed."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType

from mailer.resources import PACKAGE

OURS = "mailer."
BRIEF = (list, tuple, set, frozenset)


@cache
def reached(view: FunctionType) -> frozenset[FunctionType]:
    """The view, and every function that it or these name, through modules, classes and tables."""
    found, waiting = set(), [inspect.unwrap(view)]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        waiting += [each for each in _named(one) if each not in found]
    return frozenset(found)


@cache
def tree(function: FunctionType) -> ast.AST:
    """Its text, as read."""
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _named(function: FunctionType) -> Iterator[FunctionType]:
    names = function.__globals__
    for node in ast.walk(tree(function)):
        if isinstance(node, ast.Name) and node.id in names:
            yield from _functions(names[node.id])
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = names.get(node.value.id)
            if isinstance(owner, ModuleType | type):
                yield from _functions(getattr(owner, node.attr, None))


def _functions(thing: object) -> Iterator[FunctionType]:
    """Those of ours that it is, holds or has."""
    if isinstance(thing, dict):
        thing = list(thing.values())
    if isinstance(thing, BRIEF):
        for each in thing:
            yield from _functions(each)
    elif isinstance(thing, FunctionType):
        if _is_written(one := inspect.unwrap(thing)):
            yield one
    elif isinstance(thing, type) and thing.__module__.startswith(OURS):
        theirs = (each for each in vars(thing).values() if isinstance(each, FunctionType))
        yield from (each for each in theirs if _is_written(each))


def _is_written(function: FunctionType) -> bool:
    """Whether it stands in a file of ours as a function of its own."""
    is_in_file = Path(function.__code__.co_filename).is_relative_to(PACKAGE)
    return is_in_file and function.__name__ != "<lambda>"
