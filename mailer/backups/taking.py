"""A backup is taken while everything runs, and is read again before it is called one."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import current_app

from mailer import rulebook
from mailer.audit import anchors as audit_anchors
from mailer.backups import dumps, manifest
from mailer.backups.manifest import Manifest
from mailer.consent import anchors, withdrawals
from mailer.errors import Conflict, Invalid
from mailer.rights import journal

# What lies beside the database and belongs to it. No key is among it: whoever holds a backup must
# not be able to read what is sealed in it.
FOLDERS = ("media", "vault", "themes")
FILES = (anchors.FILE, audit_anchors.FILE, journal.FILE, withdrawals.FILE)
NAMED = "%Y-%m-%dT%H%M%SZ"


def take(place: Path, at: datetime) -> tuple[Path, Manifest]:
    """A new backup in the folder: its own folder there, complete once it bears its name.

    Raises Conflict when there is one of the same second.
    """
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    finished = place / at.strftime(NAMED)
    if finished.exists():
        raise Conflict(f"{finished} was taken in this second: wait for the next")
    # For its owner alone; once it bears its name, nothing is left to clean up.
    with TemporaryDirectory(dir=place, prefix=".", ignore_cleanup_errors=True) as unfinished:
        made = _filled(Path(unfinished), at)
        Path(unfinished).rename(finished)
    return finished, made


def _filled(folder: Path, at: datetime) -> Manifest:
    url = current_app.config["DATABASE_URL"]
    # First the database: a file that a row names has been written before the row.
    held = dumps.dump(url, folder)
    _copy_files(Path(current_app.config["DATA_FOLDER"]), folder)
    dumps.check(folder / dumps.NAMES[dumps.dialect(url)])
    made = Manifest(at, dumps.dialect(url), **vars(held), files=dict(sums(folder)))
    (folder / manifest.FILE).write_text(manifest.written(made), encoding="utf-8")
    # A folder bears the name of a backup only when all of it is on the disk.
    os.sync()
    return made


def _copy_files(data: Path, folder: Path) -> None:
    for name in FOLDERS:
        if (data / name).is_dir():
            shutil.copytree(data / name, folder / name)
    for name in FILES:
        if (data / name).is_file():
            shutil.copy2(data / name, folder / name)


def sums(folder: Path) -> Iterator[tuple[str, str]]:
    """The SHA-256 of every file of the backup, by its path inside; not of the manifest itself."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != manifest.FILE:
            with path.open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()


def place_of(config: Mapping[str, Any]) -> Path:
    """Where the backups of this office lie."""
    return Path(config["BACKUP_FOLDER"] or Path(config["DATA_FOLDER"], "backups"))


def taken_at(backup: Path) -> datetime:
    """When that backup was taken, as its name says."""
    return datetime.strptime(backup.name, NAMED).replace(tzinfo=UTC)


def found(place: Path) -> list[Path]:
    """The folders there that bear the name of a backup, the oldest first."""
    if not place.is_dir():
        return []
    return sorted(path for path in place.iterdir() if _is_named(path))


def _is_named(path: Path) -> bool:
    try:
        # Written again, as a month without its nought is read too, but sorts elsewhere.
        return taken_at(path).strftime(NAMED) == path.name
    except ValueError:
        return False


def newest(place: Path) -> Path | None:
    """The last backup of the folder."""
    return next((path for path in reversed(found(place)) if _is_ours(path)), None)


def _is_ours(path: Path) -> bool:
    """Whether it says of itself that it is a backup."""
    try:
        manifest.read((path / manifest.FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeError, Invalid):
        return False
    return True


def forget(place: Path, at: datetime) -> list[Path]:
    """Delete the backups that the rulebook keeps no longer; says which."""
    kept = timedelta(days=rulebook.load().figures.backup_days.value)
    oldest = (at - kept).strftime(NAMED)
    over = [path for path in found(place) if path.name < oldest and _is_ours(path)]
    for path in over:
        shutil.rmtree(path)
    return over
