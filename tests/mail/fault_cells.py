"""How a mail ends, by the stage at which its relay does wrong and by what it does: as data."""

from dataclasses import dataclass

from mailer.mail.outcome import Kind, Stage

# What the relay does, in the words of the documentation.
FAULTS = {
    "drop": "hangs up",
    "partial": "hangs up within a line",
    "hang": "says nothing",
    "drip": "says a byte at a time",
    "garbage": "says what is no reply",
    "endless": "ends no reply",
    "wrong": "says another code",
    "4xx": "says later (451)",
    "5xx": "says no (554)",
    "421": "closes (421)",
}

DEFERRED, REJECTED, UNCERTAIN = Kind.DEFERRED, Kind.REJECTED, Kind.UNCERTAIN
REFUSALS = {"4xx": DEFERRED, "5xx": REJECTED, "421": DEFERRED}


@dataclass(frozen=True)
class End:
    """The answer for the mail; `relay_down` says that it is not about the mail."""

    kind: Kind
    stage: Stage
    relay_down: bool = False

    def __str__(self) -> str:
        return f"{self.kind}{', relay left alone' if self.relay_down else ''}"


def _row(silence: End, no: Stage, *, down: bool = False) -> dict[str, End]:
    """The ends at one stage: that of every fault which is no answer, and those of the answers."""
    ends = dict.fromkeys(FAULTS, silence)
    refusals = {f: End(kind, no, down or f == "421") for f, kind in REFUSALS.items()}
    return ends | refusals


NO_SESSION = End(DEFERRED, Stage.CONNECT, relay_down=True)
CELLS = {
    "greeting": _row(NO_SESSION, Stage.CONNECT, down=True),
    "ehlo": _row(NO_SESSION, Stage.CONNECT, down=True),
    "starttls": _row(NO_SESSION, Stage.CONNECT, down=True),
    "auth": _row(NO_SESSION, Stage.AUTH, down=True),
    "mail": _row(End(DEFERRED, Stage.MAIL), Stage.MAIL),
    "rcpt": _row(End(DEFERRED, Stage.RCPT), Stage.RCPT),
    "data": _row(End(DEFERRED, Stage.DATA), Stage.DATA),
    # Its end has not left: whoever answers already has refused it, and nobody can have taken it.
    "content": _row(End(DEFERRED, Stage.CONTENT), Stage.FINAL),
    "final": _row(End(UNCERTAIN, Stage.FINAL), Stage.FINAL),
}
# The second carrier reads nothing while it writes: the end has left when it reads such an answer.
STEPWISE = {(fault, "content"): End(UNCERTAIN, Stage.FINAL) for fault in ("garbage", "wrong")}


def markdown() -> str:
    """The table as the documentation shows it: a row for each fault, a column for each stage."""
    lines = [f"| The relay … | {' | '.join(CELLS)} |", f"|{'---|' * (len(CELLS) + 1)}"]
    for fault, words in FAULTS.items():
        lines.append(f"| {words} | {' | '.join(str(CELLS[s][fault]) for s in CELLS)} |")
    return "\n".join(lines) + "\n"
