"""Replies of an SMTP server (RFC 5321, 4.2) and what they mean."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mailer.mail.outcome import Kind, Outcome, Stage

CLOSING = 421
LINE = re.compile(rb"([2-5][0-9][0-9])(?:([ -])(.*))?")
ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s|$)")
KINDS = {4: Kind.DEFERRED, 5: Kind.REJECTED}
# What the codes of logins say when no enhanced code stands beside them (RFC 4954, 6).
LOGINS = {530: "5.7.0", 534: "5.7.9", 535: "5.7.8", 538: "5.7.11"}
# The class of the reply that lets the dialogue go on.
EXPECTED = {Stage.DATA: 3}


class BrokenError(Exception):
    """The dialogue cannot go on: the connection is lost, or what came is not SMTP."""


class LostError(BrokenError):
    """The connection is gone."""


@dataclass(frozen=True)
class Reply:
    """A whole reply, its lines without the code."""

    code: int
    lines: tuple[str, ...]

    @property
    def status(self) -> str:
        """The enhanced code (RFC 3463), or one that says no more than the code does."""
        found = ENHANCED.match(self.lines[0])
        kind = self.code // 100
        if found and found[1].startswith(str(kind)):
            return found[1]
        return LOGINS.get(self.code, f"{kind}.0.0")

    def refusal(self, stage: Stage) -> Outcome | None:
        """The outcome when the reply refuses; None when the dialogue may go on."""
        if self.code // 100 == EXPECTED.get(stage, 2):
            return None
        if self.code // 100 not in KINDS:
            raise BrokenError("a reply out of order")
        return Outcome(
            KINDS[self.code // 100],
            self.status,
            " ".join(self.lines),
            stage,
            relay_down=self.code == CLOSING or stage in {Stage.CONNECT, Stage.AUTH},
        )


@lru_cache(maxsize=64)  # a relay says the same few things thousands of times a second
def parse(lines: tuple[bytes, ...]) -> Reply:
    """The reply of these lines, all of the same code; raises BrokenError when it is none."""
    found = [LINE.fullmatch(line.rstrip(b"\r\n")) for line in lines]
    codes = {match[1] if match else b"" for match in found}
    if len(codes) != 1 or b"" in codes:
        raise BrokenError("not a reply")
    texts = (match[3] or b"" for match in found if match)
    return Reply(int(codes.pop()), tuple(text.decode("utf-8", "replace") for text in texts))


@lru_cache(maxsize=64)
def accepted(reply: Reply) -> Outcome:
    """The outcome of a mail that was taken with that reply."""
    return Outcome(Kind.ACCEPTED, reply.status, " ".join(reply.lines), Stage.FINAL)


def is_last(line: bytes) -> bool:
    """Whether no line of the same reply follows."""
    return line[3:4] != b"-"
