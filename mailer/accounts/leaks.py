"""Whether a passphrase stands in a file of leaked ones: lines of SHA-1 in order, `HASH:COUNT`.

It is the form in which Have I Been Pwned lets its list be taken away: nothing is asked of anybody,
and the file, of some tens of gigabytes or of any part of it, is read at about forty places.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

DIGITS = 40


def stands_in(passphrase: str, path: Path) -> bool:
    """Whether its hash is in the file; raises OSError for a file that cannot be read."""
    wanted = hashlib.sha1(passphrase.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with path.open("rb") as file:
        return _found(file, wanted, path.stat().st_size)


def _found(file: BinaryIO, wanted: bytes, size: int) -> bool:
    # The wanted line, if there is one, begins in this span.
    first, beyond = 0, size
    while first < beyond:
        middle = (first + beyond) // 2
        begin, line = _line_from(file, middle)
        if not line or begin >= beyond or line[:DIGITS].upper() > wanted:
            beyond = middle
        elif line[:DIGITS].upper() == wanted:
            return True
        else:
            first = begin + len(line)
    return False


def _line_from(file: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first whole line that begins there or behind, and where it begins."""
    if place:
        file.seek(place - 1)
        file.readline()
    else:
        file.seek(0)
    return file.tell(), file.readline()
