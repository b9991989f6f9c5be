"""Each check of `make mail-check` names tests that exist."""

import ast

import pytest
from mail_check.checks import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: str(check.number))
def test_every_test_of_a_check_exists(root, check):
    for test in check.tests:
        path, _, name = test.partition("::")
        tree = ast.parse((root / path).read_text(encoding="utf-8"))
        found = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
        assert not name or name in found, test


def test_every_check_has_a_number_of_its_own():
    numbers = [check.number for check in CHECKS]
    assert sorted(set(numbers)) == numbers
