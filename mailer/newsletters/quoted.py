"""Quoted-printable (RFC 2045 6.7), so that encoded pieces can be joined in any number.

No line begins with a dot (RFC 2049, 3), none ends with a space and no space follows another.
Before the mail leaves, nothing has to look for what a relay would double (RFC 5321, 4.5.2) or a
signature leave out (RFC 6376, 3.4.4).
"""

import re

LINE_BYTES = 76
SOFT_BREAK = b"=\r\n"
UNSAFE = re.compile(rb"[^ -<>-~]|(?<= ) ")


def encode(text: str) -> bytes:
    """The text in lines of at most 76 bytes; the last one has room for a soft break."""
    lines = text.replace("\r\n", "\n").encode().split(b"\n")
    return b"\r\n".join([folded(_escaped(line)) for line in lines])


def _escaped(line: bytes) -> bytes:
    safe = _undotted(UNSAFE.sub(_escape, line))
    # Relays may drop a space before the end of a line.
    return safe[:-1] + b"=20" if safe.endswith(b" ") else safe


def _undotted(line: bytes) -> bytes:
    """The line without a dot at its beginning, where SMTP would have it doubled."""
    return b"=2E" + line[1:] if line.startswith(b".") else line


def _escape(found: re.Match[bytes]) -> bytes:
    return b"=%02X" % ord(found[0])


def folded(line: bytes) -> bytes:
    """The line, in which nothing is left to encode, with soft breaks where it is too long."""
    pieces = []
    while len(line) >= LINE_BYTES:
        escape = line.find(b"=", LINE_BYTES - 3, LINE_BYTES - 1)
        cut = LINE_BYTES - 1 if escape < 0 else escape
        pieces.append(line[:cut])
        line = _undotted(line[cut:])
    return SOFT_BREAK.join((*pieces, line))
