"""The addresses of a whole file: what `addresses.parse` says of each, much faster.

Nearly all the time of `parse` goes into the domain, and a file holds few: they are remembered.
"""

import re

from mailer import addresses
from mailer.addresses import Address

# A dot-atom of plain letters (RFC 5322, 3.2.3): nothing in it is left to judge but its length.
PLAIN = re.compile(r"([\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*)@([\w.-]+)", re.ASCII)
# RFC 5321, 4.5.3.1.1 and 4.5.3.1.3, less the angle brackets of the path.
LONGEST_LOCAL = 64
LONGEST_ADDRESS = 254
# Enough for any file of real people; one that invents domains must not fill the memory.
MOST_DOMAINS = 20_000


class Mailboxes:
    """Reads addresses, remembering the domains."""

    def __init__(self) -> None:
        self._domains: dict[str, tuple[str, str]] = {}

    def parse(self, text: str) -> Address:
        """What `addresses.parse` gives; raises Invalid when it does."""
        found = PLAIN.fullmatch(text)
        if found is None or len(found[1]) > LONGEST_LOCAL or len(text) > LONGEST_ADDRESS:
            return addresses.parse(text)
        display, normalised = self._domains.get(found[2]) or self._learn(found[2])
        if len(found[1]) + len(display) >= LONGEST_ADDRESS:
            return addresses.parse(text)
        return Address(f"{found[1]}@{display}", f"{found[1].lower()}@{normalised}")

    def _learn(self, domain: str) -> tuple[str, str]:
        read = addresses.parse(f"a@{domain}")
        parts = read.display.rpartition("@")[2], read.domain
        if len(self._domains) < MOST_DOMAINS:
            self._domains[domain] = parts
        return parts
