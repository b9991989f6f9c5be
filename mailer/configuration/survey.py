"""Every setting as config.py tells it: its group, what it does, its value, where that stands."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from mailer import settings
from mailer.configuration import origins
from mailer.configuration.origins import Kind, Origin
from mailer.settings import SECRETS, Value

SECTION = re.compile(r"# --- (?P<title>.*?)(?: \(docs/.*\))? -+$")


@dataclass(frozen=True)
class Told:
    """What config.py says of a setting."""

    name: str
    group: str
    meaning: str


@dataclass(frozen=True)
class Setting:
    """A setting and its value; that of a secret stays out of it."""

    name: str
    group: str
    meaning: str
    value: Value | None
    is_secret: bool
    is_set: bool
    is_changed: bool
    origin: Origin


def survey(
    values: Mapping[str, Value],
    environ: Mapping[str, str] = os.environ,
    overrides: Mapping[str, Value] | None = None,
) -> list[Setting]:
    """Every setting, in the order of config.py; the values are as they were given."""
    shipped = settings.read(settings.defaults_file())
    places = origins.found(values, environ, overrides)
    return [
        _seen(told, values[told.name], shipped[told.name], places[told.name]) for told in tell()
    ]


def _seen(told: Told, value: Value, default: Value, origin: Origin) -> Setting:
    is_secret = told.name in SECRETS
    return Setting(
        told.name,
        told.group,
        told.meaning,
        None if is_secret else value,
        is_secret,
        bool(value) or origin.kind is Kind.DATA_FOLDER,
        value != default,
        origin,
    )


def tell() -> list[Told]:
    """What config.py says of each setting, in its order."""
    path = settings.defaults_file()
    known = settings.read(path)
    found: list[Told] = []
    group, words = "", list[str]()
    for line in path.read_text(encoding="utf-8").splitlines():
        name = line.partition(" = ")[0]
        if section := SECTION.match(line):
            group, words = section["title"], []
        elif line.startswith("#"):
            words.append(line.removeprefix("#").strip())
        elif name in known:
            # Settings right below each other share the comment above them.
            found.append(Told(name, group, " ".join(words) or found[-1].meaning))
            words = []
    return found
