"""This machine: its disk, its keys, its clock, and where the data lies."""

import socket
import struct
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from mailer.clock import now
from mailer.doctor.finding import Finding, fault, good, note
from mailer.mail.dkim_keys import OTHERS
from mailer.monitoring.readiness import LEAST_DISK, free_share
from mailer.rights import vault
from mailer.settings import ROTATED, SIGNING_FILE

KEYS = (SIGNING_FILE, *(file for _name, _old, file in ROTATED), vault.KEY)
# Where the locks of SQLite do not hold (https://sqlite.org/faq.html#q5).
OVER_NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs"}
)
# Codes of applications last half a minute (RFC 6238, 5.2).
MOST_OFF = timedelta(seconds=30)
# SNTP (RFC 4330): a question of version 3 from a client, and where the answer has its time.
ASKED = b"\x1b" + 47 * b"\0"
ANSWERED = struct.Struct("!40xI")
SECONDS_1900_TO_1970 = 2_208_988_800
SECONDS = 5


def disk(folder: Path) -> Iterator[Finding]:
    """Whether there is room left for a campaign."""
    left = free_share(folder)
    said = f"{left:.0%} of the disk of {folder} is free"
    if left < LEAST_DISK:
        cure = "make room: old files in BACKUP_FOLDER and logs first; full, it stops everything"
        yield fault("disk", said, cure)
    else:
        yield good("disk", said)


def data_folder(folder: Path) -> Iterator[Finding]:
    """Whether this user may write where the data lies, and no other reads the database there."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            wide = _is_wide(folder) and any(map(_is_wide, folder.glob("*.sqlite")))
            if wide:
                said = f"the database in {folder} is open to others"
                yield fault("data folder", said, f"chmod 700 {folder}")
            else:
                yield good("data folder", f"{folder} can be written to")
    except OSError as error:
        said = f"{folder} cannot be written to ({error.strerror})"
        yield fault("data folder", said, "give it to the user that runs mailer: chown")


def keys(folder: Path) -> Iterator[Finding]:
    """Whether the keys are for their owner alone."""
    wide = [path for name in KEYS if (path := folder / name).is_file() and _is_wide(path)]
    for path in wide:
        yield fault("keys", f"{path} is open to others", f"chmod 600 {path}, and make a new one")
    if not wide:
        yield good("keys", "no key is open to others")


def _is_wide(path: Path) -> bool:
    return bool(path.stat().st_mode & OTHERS)


def file_system(folder: Path, settings: Mapping[str, Any], mounts: Path) -> Iterator[Finding]:
    """Whether the embedded database lies on a disk of this machine."""
    kind = kind_at(folder, mounts.read_text(encoding="utf-8"))
    if settings["DATABASE_URL"].startswith("sqlite") and kind in OVER_NETWORK:
        said = (
            f"the database lies on a file system of the network ({kind}), where locks do not hold"
        )
        yield fault("file system", said, "move DATA_FOLDER to a local disk, or take PostgreSQL")
    else:
        yield good("file system", f"{folder} lies on {kind or 'a disk'}")


def kind_at(folder: Path, mounts: str) -> str:
    """The kind of file system that holds the folder, by the table of mounts (proc(5))."""
    rows = [line.split() for line in mounts.splitlines()]
    holding = [row for row in rows if folder.is_relative_to(row[1].replace("\\040", " "))]
    return max(holding, key=lambda row: len(row[1]))[2] if holding else ""


def clock(server: tuple[str, int]) -> Iterator[Finding]:
    """Whether the time is right: links, codes and signatures are refused by it."""
    try:
        seconds = _asked(server)
    except (OSError, struct.error):
        yield note("clock", f"{server[0]} did not say the time", "ask another one with --ntp")
        return
    off = now().timestamp() - seconds
    if abs(off) > MOST_OFF.total_seconds():
        said = (
            f"the clock of this machine is {abs(off):.0f} seconds {'fast' if off > 0 else 'slow'}"
        )
        yield fault("clock", said, "let the system set it: timedatectl set-ntp true")
    else:
        yield good("clock", "the clock is right")


def _asked(server: tuple[str, int]) -> int:
    """The seconds since 1970 that the server of time says."""
    family, kind, _proto, _name, address = socket.getaddrinfo(*server, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind) as asking:
        asking.settimeout(SECONDS)
        asking.sendto(ASKED, address)
        answer = asking.recv(512)
    (since_1900,) = ANSWERED.unpack_from(answer)
    return int(since_1900) - SECONDS_1900_TO_1970
