"""Content lines of a calendar (RFC 5545): escaped, folded at 75 octets, each ending in CRLF."""

from collections.abc import Iterable
from datetime import UTC, datetime

LONGEST_OCTETS = 75
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def file(lines: Iterable[str]) -> str:
    """The lines as a file; the same lines give the same bytes."""
    return "".join(f"{fold(line)}\r\n" for line in lines)


def text(words: str) -> str:
    """The words as a TEXT value (3.3.11)."""
    return words.translate(ESCAPED)


def instant(at: datetime) -> str:
    """The instant in UTC, to the second (3.3.5)."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def fold(line: str) -> str:
    """The line in pieces of at most 75 octets, no character cut in two (3.1)."""
    pieces, room, piece = [], LONGEST_OCTETS, b""
    for character in line:
        octets = character.encode()
        if len(piece) + len(octets) > room:
            pieces.append(piece)
            # The space that goes before each further piece counts too.
            piece, room = b"", LONGEST_OCTETS - 1
        piece += octets
    return b"\r\n ".join([*pieces, piece]).decode()
