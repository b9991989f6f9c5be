"""Where each setting comes from: each place wins over those before it."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mailer import settings
from mailer.settings import PREFIX, ROTATED, SIGNING_FILE, Value


class Kind(StrEnum):
    """What gave a setting its value."""

    # The config.py that ships with the program, which some edit in its place.
    SHIPPED = "shipped"
    FILE = "file"
    ENVIRONMENT = "environment"
    DATA_FOLDER = "data_folder"
    PROGRAM = "program"


@dataclass(frozen=True)
class Origin:
    """Where a value stands: a file and its line, or a variable of the environment."""

    kind: Kind
    place: str = ""
    line: int = 0

    def __str__(self) -> str:
        if self.line:
            return f"{self.place}, line {self.line}"
        return self.place or "the command"


# Left empty, a secret is made at the first start, and kept in a file.
MADE = {"SECRET_KEYS": SIGNING_FILE} | {name: file for name, _old, file in ROTATED}


def found(
    values: Mapping[str, Value],
    environ: Mapping[str, str],
    overrides: Mapping[str, Value] | None = None,
) -> dict[str, Origin]:
    """What gave each setting its value, in the order of config.py."""
    shipped = settings.defaults_file()
    origins = _in_file(Kind.SHIPPED, shipped)
    if custom := environ.get("MAILER_CONFIG"):
        known = origins.keys()
        own = _in_file(Kind.FILE, Path(custom))
        origins |= {name: origin for name, origin in own.items() if name in known}
    for name in origins:
        variable = f"{PREFIX}{name}"
        if name in (overrides or {}):
            origins[name] = Origin(Kind.PROGRAM)
        elif variable in environ:
            origins[name] = Origin(Kind.ENVIRONMENT, variable)
        elif name in MADE and not values[name]:
            path = Path(str(values["DATA_FOLDER"]), MADE[name]).absolute()
            if path.is_file():
                origins[name] = Origin(Kind.DATA_FOLDER, str(path))
    return origins


def _in_file(kind: Kind, path: Path) -> dict[str, Origin]:
    return {name: Origin(kind, str(path), line) for name, line in lines(path).items()}


def lines(path: Path) -> dict[str, int]:
    """The line on which the file sets each setting; the last one counts."""
    return {
        target.id: node.lineno
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.isupper()
    }
