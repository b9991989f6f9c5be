"""Cells that a spreadsheet shows as they are: never taken for a formula, always quoted."""

from collections.abc import Iterable

# What makes a spreadsheet calculate (CWE-1236), and the full-width forms that some take for them.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Spreadsheets know by it that the rest is UTF-8.
MARK = "\ufeff"


def line(cells: Iterable[object]) -> str:
    """One line of a CSV file (RFC 4180)."""
    return ",".join(_cell(str(cell)) for cell in cells) + "\r\n"


def _cell(text: str) -> str:
    # A space before it does not keep a spreadsheet from reading a formula.
    is_formula = text.lstrip(" \n").startswith(BEGINS_A_FORMULA)
    quoted = text.replace('"', '""').replace("\0", "")
    return f'"\'{quoted}"' if is_formula else f'"{quoted}"'
