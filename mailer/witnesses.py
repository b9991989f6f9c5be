"""Anchors in a file: a line each, only added to, for its owner alone.

Whoever cuts the end off a chain would have to cut the same end off every place that tells of it.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from mailer import appended, signed
from mailer.canonical import canonical
from mailer.chains import Head, Key, instant
from mailer.clock import paris_day
from mailer.faults import Fault, Problem
from mailer.signed import Mark


@dataclass(frozen=True)
class Witness:
    """An anchor as one of its places has it."""

    mark: Mark
    key_id: str
    signature: str


class Expected:
    """What the anchors of both places say of the chain that is walked."""

    def __init__(self, table: Sequence[Witness] = (), file: Sequence[Witness] = ()) -> None:
        self._table, self._file = table, file
        self._at: dict[int, list[Witness]] = defaultdict(list)
        for one in dict.fromkeys([*table, *file]):
            self._at[one.mark.seq].append(one)
        self._number = sum(map(len, self._at.values()))

    def __len__(self) -> int:
        return self._number

    def unsigned(self, keys: Mapping[str, Key], link: str) -> Iterator[Fault]:
        """Those that are not signed with our key."""
        for one in (each for some in self._at.values() for each in some):
            if not signed.is_ours(one.mark, one.key_id, one.signature, keys):
                yield Fault(_name(one, link), Problem.UNSIGNED)

    def reached(self, head: Head, link: str) -> Iterator[Fault]:
        """Those of that place that tell another hash."""
        for one in self._at.pop(head.seq, ()):
            if one.mark.head_hash != head.hash:
                yield Fault(_name(one, link), Problem.DISAGREES)

    def beyond(self, head: Head, link: str) -> Iterator[Fault]:
        """Those that the chain does not reach; those inside a gap went with what was there."""
        for seq in sorted(seq for seq in self._at if seq > head.seq):
            yield from (Fault(_name(one, link), Problem.CUT) for one in self._at[seq])

    def absent(self, link: str) -> Iterator[Fault]:
        """Those that only one of the places has."""
        for one in self._file:
            if one not in self._table:
                yield Fault(_name(one, link), Problem.NOT_IN_TABLE)
        for one in self._table:
            if one not in self._file:
                yield Fault(_name(one, link), Problem.NOT_IN_FILE)


def _name(one: Witness, link: str) -> str:
    return f"the anchor of {paris_day(one.mark.at).isoformat()} at {link} {one.mark.seq}"


def in_file(path: Path) -> list[Witness]:
    """Every anchor of the file, the oldest first; raises ValueError for a line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [_read(line) for line in lines]


def copy(table: Sequence[Witness], path: Path) -> None:
    """Add to the file what the table has since the last line, also after a crash in between."""
    said = appended.last(path)
    last = _read(said).mark.at if said else None
    lines = [_line(one) for one in table if last is None or one.mark.at > last]
    if lines:
        appended.add(path, "".join(lines))


def _line(one: Witness) -> str:
    told = {**vars(one.mark), "at": instant(one.mark.at)}
    return canonical({**told, "key_id": one.key_id, "signature": one.signature}) + "\n"


def _read(line: str) -> Witness:
    """The anchor of the line; raises ValueError when there is none."""
    try:
        found = json.loads(line)
        at = datetime.fromisoformat(found["at"])
        mark = Mark(at, int(found["seq"]), str(found["head_hash"]), int(found["count"]))
        return Witness(mark, str(found["key_id"]), str(found["signature"]))
    except (KeyError, TypeError) as error:
        raise ValueError(line) from error
