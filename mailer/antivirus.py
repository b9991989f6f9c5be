"""Asks the antivirus of the house about a file: clamd on this machine, by INSTREAM (clamd(8))."""

import socket
from enum import StrEnum

PATIENCE_SECONDS = 30
PIECE_BYTES = 64_000
LONGEST_ANSWER = 4096


class Verdict(StrEnum):
    """What the antivirus says of a file, or that it says nothing of use."""

    CLEAN = "clean"
    DANGEROUS = "dangerous"
    UNKNOWN = "unknown"


def judge(content: bytes, path: str) -> Verdict:
    """What clamd behind that socket says of the content; without an answer it is unknown."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE_SECONDS)
            line.connect(path)
            answer = _asked(line, content)
    except OSError:
        return Verdict.UNKNOWN
    return _read(answer)


def _asked(line: socket.socket, content: bytes) -> bytes:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), PIECE_BYTES):
        piece = content[start : start + PIECE_BYTES]
        line.sendall(len(piece).to_bytes(4) + piece)
    line.sendall(bytes(4))
    answer = b""
    while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
        some = line.recv(LONGEST_ANSWER)
        if not some:
            break
        answer += some
    return answer


def _read(answer: bytes) -> Verdict:
    """Only what is said to be clean is: a limit that was passed is an answer of another kind."""
    told = answer.partition(b"\0")[0].strip()
    if told == b"stream: OK":
        return Verdict.CLEAN
    return Verdict.DANGEROUS if told.endswith(b" FOUND") else Verdict.UNKNOWN
