"""The record of processing as data (GDPR art. 30): what the desk shows, keeps and compares.

It holds codes and the operator's own texts, never sentences: two sheets that differ differ in fact.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Controller:
    """Who decides, and whom to ask (art. 30(1)(a))."""

    name: str
    address: str
    phone: str
    officer: str


@dataclass(frozen=True)
class Kept:
    """Rows of one table, and the rulebook's figure that ends them."""

    table: str
    figure: str
    value: int


@dataclass(frozen=True)
class Activity:
    """One processing: points (b) to (g) of art. 30(1), and on what it rests."""

    key: str
    purpose: str
    name: str
    aim: str
    basis: str
    subjects: tuple[str, ...]
    categories: tuple[str, ...]
    recipients: tuple[str, ...]
    processors: tuple[str, ...]
    transfers: str
    retention: tuple[Kept, ...]
    security: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole record at one time."""

    controller: Controller
    activities: tuple[Activity, ...]

    @property
    def content(self) -> str:
        """The one text of this sheet."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @property
    def sha256(self) -> str:
        """By what it is known."""
        return hashlib.sha256(self.content.encode()).hexdigest()


def read(content: str) -> Sheet:
    """The sheet of that text."""
    said = json.loads(content)
    activities = tuple(_activity(each) for each in said["activities"])
    return Sheet(Controller(**said["controller"]), activities)


def _activity(said: Mapping[str, object]) -> Activity:
    values = {field.name: _field(field.name, said[field.name]) for field in fields(Activity)}
    return Activity(**values)  # type: ignore[arg-type]  # read back as asdict wrote it


def _field(name: str, value: object) -> object:
    if name == "retention" and isinstance(value, list):
        return tuple(Kept(**each) for each in value)
    return tuple(value) if isinstance(value, list) else value
