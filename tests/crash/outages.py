"""The database dies, or the disk is full, while a campaign is sent."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import sinks
from crash.matrix import Bound, Row, look
from crash.servers import Database, Server
from crash.world import CONNECTIONS, world

from mailer.db import db
from mailer.delivery.models import Campaign

DISK_MEGABYTES = 64
BLOCK = b"\0" * 65536
FULL_SECONDS = 3


def database_dies(folder: Path, server: Server, people: int, restarts: int) -> Row:
    """The server is shut down hard and started again, so many times."""
    with world(folder, server.fresh(folder), people) as found:
        found.work()
        done = 0
        for number in range(1, restarts + 1):
            if not found.wait_for_mails(people * number // (restarts + 1)):
                break
            server.restart()
            done += 1
        found.wait_for_end()
        return look(found, "PostgreSQL killed", done, Bound(uncertain=CONNECTIONS * done))


def disk_fills(folder: Path, database: Database, people: int) -> Row:
    """Not one byte can be written for some seconds; what is there can be read all the while."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        small_disk(folder / "disk") as disk,
        world(folder, database.fresh(disk), people, DATA_FOLDER=str(disk / "data")) as found,
    ):
        found.work()
        found.wait_for_mails(people // 4)
        ballast = disk / "ballast"
        fill(ballast)
        said = [] if _is_readable(found.campaign_id) else ["not readable"]
        found.wait(lambda: False, FULL_SECONDS)
        said += [] if _is_readable(found.campaign_id) else ["not readable after a while"]
        has_stopped = not found.has_ended()
        ballast.unlink()
        found.wait_for_end()
        said += [] if has_stopped else ["the disk was never full"]
        return look(found, "disk full", 1, Bound(uncertain=CONNECTIONS), *said)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of its own; CalledProcessError where none may be mounted."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={DISK_MEGABYTES}m", "tmpfs"]
    subprocess.run([sinks.tool("mount"), *options, str(folder)], check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run([sinks.tool("umount"), "--lazy", str(folder)], check=True)


def may_mount() -> bool:
    """Whether a small file system can be made here."""
    asked = [sinks.tool("unshare") or "false", "-m", "true"]
    return not subprocess.run(asked, check=False, capture_output=True).returncode


def fill(ballast: Path) -> None:
    """Take all the room that is left."""
    with ballast.open("wb", buffering=0) as file:
        for size in (len(BLOCK), 4096, 1):
            while _takes(file.fileno(), BLOCK[:size]):
                continue


def _takes(file: int, block: bytes) -> bool:
    try:
        return os.write(file, block) == len(block)
    except OSError:
        return False


def _is_readable(campaign_id: int) -> bool:
    db.session.rollback()
    return db.session.get(Campaign, campaign_id) is not None
