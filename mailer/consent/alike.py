"""Very many events that differ in nothing but whom they are about: an import has a million.

What they share is put into words and converted once; each adds its name, its place and its link.
"""

import os
from collections.abc import Iterator, Sequence

from mailer.chains import Head, Key
from mailer.consent import chain
from mailer.keyed import keyed

# The columns that differ, as `chained` gives them.
DIFFERENT = ("id", "uuid", "fingerprint", "prev_hash", "hash")
Link = tuple[int, str, str, str, str]

NAME_BYTES = 16
# The two highest bits of the ninth byte are 10 (RFC 9562, 4.1).
VARIANT = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


def chained(form: str, fingerprints: Sequence[str], last: Head, key: Key) -> Iterator[Link]:
    """The events of those people in their order, each over the one before."""
    sign, number, before = keyed(key.secret).hex, last.seq, last.hash
    for fingerprint, name in zip(fingerprints, names(len(fingerprints)), strict=True):
        number += 1
        link = sign(chain.filled(form, fingerprint, number, before, name).encode())
        yield number, name, fingerprint, before, link
        before = link


def names(number: int) -> Iterator[str]:
    """So many random UUIDs (RFC 9562, 5.4), for one call of the system."""
    digits = os.urandom(NAME_BYTES * number).hex()
    for place in range(0, len(digits), 2 * NAME_BYTES):
        one = digits[place : place + 2 * NAME_BYTES]
        yield f"{one[:8]}-{one[8:12]}-4{one[13:16]}-{VARIANT[one[16]]}{one[17:20]}-{one[20:]}"
