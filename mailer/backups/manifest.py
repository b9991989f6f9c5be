"""What a backup says of itself: when, of which version, how many rows, where the ledger stood."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from mailer.errors import Invalid

FILE = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """One backup. `files` holds the SHA-256 of each file by its path inside the folder."""

    made_at: datetime
    dialect: str
    # The revision of the tables (Alembic), and the last event of the ledger with its hash.
    revision: str
    seq: int
    head_hash: str
    rows: Mapping[str, int]
    files: Mapping[str, str]


def written(manifest: Manifest) -> str:
    """The manifest as JSON, to be read by people too."""
    told = asdict(manifest) | {"format": FORMAT, "made_at": manifest.made_at.isoformat()}
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def read(text: str) -> Manifest:
    """The manifest that was written; raises Invalid for another text."""
    try:
        told = json.loads(text)
        if told.pop("format") != FORMAT:
            raise Invalid("format")
        at = datetime.fromisoformat(told.pop("made_at"))
        return Manifest(made_at=at, **told)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Invalid("manifest") from error


def differences(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """The tables that do not hold as many rows as they should, by name."""
    return sorted(name for name in before if before[name] != after.get(name))
