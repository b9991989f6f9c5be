"""What is said of a mail before its content: its envelope (RFC 5321, 3461, 6531)."""

import re
from functools import lru_cache

from mailer import addresses
from mailer.errors import Invalid
from mailer.mail.outcome import Kind, Outcome, Stage
from mailer.mail.transports import Envelope

RESET = (Stage.MAIL, b"RSET\r\n")
CONTENT_FOLLOWS = (Stage.DATA, b"DATA\r\n")

ADDRESS = re.compile(r"[^\s<>\0-\x1f\x7f]*")
# What RFC 3461 (4) has written as a plus and two hexadecimal digits.
NOT_XTEXT = re.compile(r"[^!-*,-<>-~]")

UNWRITABLE = Outcome(Kind.REJECTED, "5.1.3", "not an address", Stage.RCPT)
NEEDS_UTF8 = Outcome(Kind.REJECTED, "5.6.7", "SMTPUTF8 is not offered", Stage.RCPT)

Command = tuple[Stage, bytes]


class UnwritableError(Exception):
    """The mail cannot be announced to this relay; the outcome says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.status)
        self.outcome = outcome


def announcement(envelope: Envelope, offers: frozenset[str]) -> list[Command]:
    """What announces the mail, each with its stage; raises UnwritableError."""
    path, recipient = _written(envelope.return_path), _written(envelope.recipient)
    mail, rcpt = f"MAIL FROM:<{path}>", f"RCPT TO:<{recipient}>"
    if not (path.isascii() and recipient.isascii()):
        if "SMTPUTF8" not in offers:
            raise UnwritableError(NEEDS_UTF8)
        mail += " SMTPUTF8"
    # A mail without a way back has nobody to be told.
    if path and "DSN" in offers:
        # The owner's part of a return-path names the delivery, and nobody.
        mail += f" RET=HDRS ENVID={_xtext(path.rpartition('@')[0])}"
        rcpt += " NOTIFY=FAILURE,DELAY"
        if recipient.isascii():
            rcpt += f" ORCPT=rfc822;{_xtext(recipient)}"
    return [
        (Stage.MAIL, f"{mail}\r\n".encode()),
        (Stage.RCPT, f"{rcpt}\r\n".encode()),
        CONTENT_FOLLOWS,
    ]


def _written(address: str) -> str:
    """The address as a command has it: its domain in ASCII, whatever its owner's part is in."""
    if not ADDRESS.fullmatch(address):
        raise UnwritableError(UNWRITABLE)
    if address.isascii():
        return address
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_ascii(domain)}"


@lru_cache(maxsize=1000)
def _ascii(domain: str) -> str:
    try:
        return addresses.ascii_domain(domain)
    except Invalid:
        raise UnwritableError(UNWRITABLE) from None


def _xtext(text: str) -> str:
    return NOT_XTEXT.sub(lambda found: f"+{ord(found[0]):02X}", text)
