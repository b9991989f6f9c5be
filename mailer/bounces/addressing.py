"""Addresses in the text of a report: where they stand, and whose they are."""

import re
from collections.abc import Iterator

# Bounded on both sides: no text makes it run long (RFC 5321, 4.5.3.1).
LETTER = "A-Za-z0-9_\u00c0-\u024f"
ATOM = rf"(?<![{LETTER}.+-])[{LETTER}!#$%&'*+/=?^`{{|}}~.-]{{1,64}}"
DOMAIN = rf"(?:[{LETTER}-]{{1,63}}\.){{0,10}}[{LETTER}-]{{1,63}}"
ADDRESS = re.compile(rf'(?:{ATOM}|"[^"\s<>]{{1,64}}")@{DOMAIN}')
# What stands around an address and is not of it.
LOOSE = "\"'`*=/|{}"
LONGEST = 320
DAEMONS = re.compile(
    r"(?:mailer|mail|mdaemon|smtp|delivery)[-_.]?(?:daemon|demon)?|mmdf|double-bounce"
    r"|poo?st[-_.]?master|mail(?:[-_.]deliver\w{0,3}){1,2}[-_.](?:sub)?system|mdaemon"
    r"|(?:imss|inetgw\d?|sysadmin|bounces?|nobody|no-?reply|administrator)"
)


def addresses(text: str) -> Iterator[tuple[str, int, int]]:
    """Each address in the text with the place that it has."""
    if "@" not in text:
        return
    for found in ADDRESS.finditer(text):
        if cleaned := clean(found[0]):
            yield cleaned, found.start(), found.end()


def clean(written: str) -> str:
    """The address without what often surrounds it; empty when none is left."""
    bare = written.strip().strip("<>()[];:, ")
    if not bare.startswith('"'):
        bare = bare.lstrip(LOOSE).lstrip(".")
    local, _, domain = bare.rstrip(".-" + LOOSE).rpartition("@")
    # X.400 in the manner of Exchange: c=US;a= ;p=ORG;dda:SMTP=somebody@example.org
    local = local.rpartition("SMTP=")[2]
    return f"{local}@{domain}" if local and domain and len(local) + len(domain) < LONGEST else ""


def only(text: str) -> str:
    """The first address of a header field, or nothing."""
    return next((address for address, _start, _end in addresses(text)), "")


def is_daemon(address: str) -> bool:
    """Whether a program that carries mail writes under that name."""
    local = address.partition("@")[0].lower()
    return bool(DAEMONS.fullmatch(local))


def same(one: str, other: str) -> bool:
    """Whether both are one mailbox, as far as reports keep capitals."""
    return one.lower() == other.lower()
