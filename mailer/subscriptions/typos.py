"""Misspelt domains of common mailboxes: a question to ask, never a refusal."""

COMMON = (
    "gmail.com",
    "hotmail.fr",
    "hotmail.com",
    "outlook.fr",
    "outlook.com",
    "live.fr",
    "yahoo.fr",
    "yahoo.com",
    "orange.fr",
    "wanadoo.fr",
    "free.fr",
    "sfr.fr",
    "laposte.net",
    "bbox.fr",
    "icloud.com",
    "protonmail.com",
)
# Real domains one keystroke away from a common one, and domains too short to compare.
REAL = frozenset({"mail.com", "gmx.fr", "gmx.com", "ymail.com", "me.com"})
SHORTEST = 7


def likely_meant(address: str) -> str | None:
    """The address with the common domain that is one slip away from its own, or None."""
    local, _, domain = address.rpartition("@")
    if domain in COMMON or domain in REAL or len(domain) < SHORTEST:
        return None
    meant = next((common for common in COMMON if is_one_slip(domain, common)), None)
    return f"{local}@{meant}" if meant else None


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter more, less or other, or two swapped, lead from one to the other."""
    start = next((i for i, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        return abs(len(typed) - len(meant)) == 1
    a, b = typed[start:], meant[start:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]
