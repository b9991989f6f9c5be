"""A table of the manual."""

from collections.abc import Iterable


def table(columns: str, rows: Iterable[str]) -> str:
    """Its head, the rule below it, and the rows."""
    rule = "|" + "---|" * (columns.count("|") - 1)
    return "\n".join([columns, rule, *rows, ""])
