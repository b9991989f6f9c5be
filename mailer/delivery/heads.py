"""The part of a head that is one person's own, written once and filled for each."""

import re
from dataclasses import dataclass

from mailer.mail import headers
from mailer.mail.headers import Pair

# As long as a token, so that fields are folded where they will be; letters alone, which nothing
# encodes.
TOKEN = "T" * 80
ADDRESS, REFERENCE = "A" * 12, "R" * 12
PLACES = (ADDRESS, REFERENCE, TOKEN)

# A mailbox that needs no quotes and no folding (RFC 5322, 3.2.3).
PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]+")


@dataclass(frozen=True)
class OwnHead:
    """To, Message-ID and List-Unsubscribe, and the empty line below the head."""

    template: bytes
    # The Message-ID has one, and each field that a sending service repeats.
    references: int

    def of(self, address: str, reference: bytes, token: bytes) -> bytes:
        """The fields for one person; raises Invalid for an address that no field can hold."""
        return self.template % (_mailbox(address), *(reference,) * self.references, token, token)


def own_head(
    message_id: str, unsubscribe: tuple[Pair, ...], echoes: tuple[Pair, ...] = ()
) -> OwnHead:
    """The fields with room for ADDRESS, REFERENCE and, twice, TOKEN, which the values hold.

    `echoes` hold REFERENCE once each.
    """
    fields = (("To", ADDRESS), ("Message-ID", message_id), *echoes, *unsubscribe)
    template = headers.serialise(fields).replace(b"%", b"%%") + b"\r\n"
    for place in PLACES:
        template = template.replace(place.encode(), b"%b")
    return OwnHead(template, references=1 + len(echoes))


def _mailbox(address: str) -> bytes:
    if PLAIN.fullmatch(address):
        return address.encode()
    return headers.serialise([("To", address)]).removeprefix(b"To: ").removesuffix(b"\r\n")
