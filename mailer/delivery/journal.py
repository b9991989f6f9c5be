"""What left and what was answered in one turn of a worker, as it happens, in a file of its own.

The ledger is written in groups; between two of them only this file knows. It is written without
waiting for the disk: the system keeps what a killed process wrote. What a machine forgets that
loses its power is told by its boot, which is no longer the same.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from mailer.mail.outcome import Kind, Outcome, Stage

FOLDER = "journal"
BOOT = Path("/proc/sys/kernel/random/boot_id")
LEFT, ANSWERED = "L", "A"
# Of an answer: its kind, status, stage, and whether the relay is down.
WORDS = 4
# Until it is locked a journal has another name, so that nobody takes it for a dead worker's.
UNLOCKED = ".new"


class Journal:
    """Notes what leaves and what is answered, in one write each (Logbook); OSError when full."""

    def __init__(self, owner: str, descriptor: int) -> None:
        self.owner = owner
        self._file = descriptor

    def leaves(self, key: int) -> None:
        """From here on the mail may arrive."""
        self._write(b"L %d\n" % key)

    def answered(self, key: int, outcome: Outcome) -> None:
        """The relay's word about it."""
        self._write(b"A %d %b\n" % (key, _words(outcome)))

    def _write(self, line: bytes) -> None:
        if os.write(self._file, line) != len(line):
            raise OSError("the disk is full")


@lru_cache(maxsize=64)  # a relay says the same few things thousands of times a second
def _words(outcome: Outcome) -> bytes:
    # Without its text, which may name a person.
    return f"{outcome.kind} {outcome.status} {outcome.stage} {int(outcome.relay_down)}".encode()


@dataclass(frozen=True)
class Page:
    """What a journal says: which mails left, and how those ended of which that is known."""

    owner: str
    left: frozenset[int]
    answers: Mapping[int, Outcome]
    # Written before this machine was started: its last lines may be missing.
    is_cut: bool

    def may_have_left(self, key: int) -> bool:
        """Whether it cannot be ruled out that the mail was carried."""
        return self.is_cut or key in self.left


@contextmanager
def opened(data_folder: Path) -> Iterator[Journal]:
    """A new journal; it goes when the block ends well, and stays to be recovered otherwise."""
    folder = data_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    owner = secrets.token_hex(8)
    fresh, path = folder / f"{owner}{UNLOCKED}", folder / owner
    descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        os.write(descriptor, _boot() + b"\n")
        fresh.rename(path)
        yield Journal(owner, descriptor)
        path.unlink()
    finally:
        os.close(descriptor)


def left_behind(data_folder: Path) -> Iterator[Page]:
    """The journal of each dead worker, locked meanwhile; it goes when the next one is asked for."""
    for path in sorted((data_folder / FOLDER).glob("*")):
        if path.suffix != UNLOCKED and (file := _locked(path)):
            with file:
                yield _page(path.name, file.read())
                path.unlink(missing_ok=True)


def _locked(path: Path) -> BinaryIO | None:
    """The file, ours until it is closed; None while its writer lives, or for who came second."""
    # A file that cannot be opened or is none of ours must not keep the others from being read.
    with suppress(OSError):
        file = path.open("r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return file
    return None


def _page(owner: str, written: bytes) -> Page:
    """The page; its last line is void when it is not whole, for nothing left before it was."""
    boot, *lines = written.split(b"\n")[:-1] or [b""]
    is_cut = boot != _boot()
    left, answers = set(), {}
    for line in lines:
        try:
            key, outcome = _read(line.decode())
        except ValueError:
            # What a power cut or a full disk left; then nothing is known of what is not named.
            is_cut = True
            continue
        left.add(key)
        if outcome:
            answers[key] = outcome
    return Page(owner, frozenset(left), answers, is_cut)


def _read(line: str) -> tuple[int, Outcome | None]:
    """The number of a mail, and how it ended where the line says that; raises ValueError."""
    what, key, *words = line.split(" ")
    if what == ANSWERED and len(words) == WORDS:
        return int(key), _outcome(*words)
    if what == LEFT and not words:
        return int(key), None
    raise ValueError("not a line of a journal")


def _outcome(kind: str, status: str, stage: str, down: str) -> Outcome:
    return Outcome(Kind(kind), status, "", Stage(stage), relay_down=down == "1")


def _boot() -> bytes:
    with suppress(OSError):
        return BOOT.read_bytes().strip()
    # Nothing tells a power cut here: never the same twice, so that every journal may be cut.
    return secrets.token_hex(8).encode()
