"""E-mail addresses: read once where they enter, then passed as a type."""

import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from mailer.errors import Invalid
from mailer.keyed import keyed


@dataclass(frozen=True)
class Address:
    """An address that can exist: as typed by its owner, and as it is compared."""

    display: str
    normalised: str

    @property
    def domain(self) -> str:
        return self.normalised.rpartition("@")[2]


def parse(text: str) -> Address:
    """The address in the text; raises Invalid when there cannot be one (RFC 5321, 6531)."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, strict=True)
    except EmailNotValidError:
        raise Invalid("address") from None
    # Not casefold: it would make ß and ss, two mailboxes, one person.
    compared = unicodedata.normalize("NFC", found.normalized.lower())
    return Address(found.ascii_email or found.normalized, compared)


def ascii_domain(domain: str) -> str:
    """The domain in A-labels, as the DNS has it; raises Invalid when there cannot be one."""
    try:
        found = validate_email(f"a@{domain}", check_deliverability=False, strict=True)
    except EmailNotValidError:
        raise Invalid("address") from None
    return found.ascii_domain


def domain_of(address: str) -> str:
    """The domain of an address, in small letters, as limits and counters name it."""
    return address.rpartition("@")[2].lower()


def masked(address: str) -> str:
    """The address with its owner's part hidden: c••••@exemple.fr."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}••••@{domain}"


def fingerprint(address: Address, key: str) -> str:
    """The keyed digest that stands for an address after it is erased (HMAC-SHA-256, hex)."""
    return keyed(key.encode()).hex(address.normalised.encode())
