"""The verbs that the program records, as its text names them."""

import ast
from collections.abc import Iterator
from pathlib import Path

# The calls that write the record, and which of their arguments is the verb.
PLACES = {"record": 1, "record_once": 1, "seen": 0, "Look": 0}


def verbs(package: Path) -> tuple[set[str], set[str]]:
    """Those that stand there as they are, and the places of those that are computed."""
    plain, computed = set(), set()
    for path in sorted(package.glob("**/*.py")):
        text = path.read_text(encoding="utf-8")
        if "mailer.audit" in text:
            for verb in _verbs(ast.parse(text)):
                if isinstance(verb, ast.Constant):
                    plain.add(verb.value)
                else:
                    computed.add(f"{path.relative_to(package)}: {ast.unparse(verb)}")
    return plain, computed


def _verbs(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            owner = getattr(getattr(node.func, "value", None), "id", "audit")
            place = PLACES.get(name)
            if place is not None and owner == "audit" and len(node.args) > place:
                yield node.args[place]
