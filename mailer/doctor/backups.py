"""Whether a backup was taken lately."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from mailer.backups import taking
from mailer.clock import now
from mailer.doctor.finding import Finding, fault, good, note

# One is taken each night; the day after, a second one is late.
LATE = timedelta(days=2)


def backups(place: Path) -> Iterator[Finding]:
    """How old the last one in the folder is."""
    newest = taking.newest(place)
    if newest is None:
        cure = "run `mailer backup` each night, or name in BACKUP_FOLDER where they lie"
        yield note("backups", f"there is none in {place}", cure)
        return
    age = now() - taking.taken_at(newest)
    if age > LATE:
        said = f"the last one in {place} is {age.days} days old"
        cure = "see mailer-backup.timer, or name in BACKUP_FOLDER where they lie now"
        yield fault("backups", said, cure)
    else:
        yield good("backups", "one was taken within two days")
