"""Under which fingerprint somebody is known here, whichever pepper it was made with.

Events cannot be rewritten, so nobody's fingerprint ever changes: who was known under an old pepper
stays known under it, and every comparison of fingerprints, `sendable` first, stays one equality.
"""

import secrets
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from sqlalchemy import select, union

from mailer import addresses
from mailer.addresses import Address
from mailer.consent.keys import peppers
from mailer.db import Base, db

# Wherever somebody may be known. Their domains lie above this one, hence the names.
KNOWN_IN = ("suppression", "consent_event", "subscriber", "rights_request")
AT_ONCE = 500


def fingerprint_of(address: Address) -> str:
    """The fingerprint that the person is known by, or that of the newest pepper."""
    return fingerprints_of([address])[0]


def nobody() -> str:
    """A fingerprint that no address has, for who names none."""
    return secrets.token_hex(32)


def fingerprints_of(asked: Sequence[Address]) -> list[str]:
    """The same for many, in their order."""
    newest, *older = peppers()
    if not older:
        return [addresses.fingerprint(each, newest) for each in asked]
    waiting = iter(asked)
    found: list[str] = []
    while some := list(islice(waiting, AT_ONCE)):
        found += _resolved(some, [newest, *older])
    return found


def _resolved(asked: Sequence[Address], keys: Sequence[str]) -> Iterator[str]:
    possible = [[addresses.fingerprint(each, secret) for secret in keys] for each in asked]
    known = _known({one for each in possible for one in each})
    for each in possible:
        # The oldest: if ever two were made, an objection stands under the first.
        yield next((one for one in reversed(each) if one in known), each[0])


def _known(fingerprints: Collection[str]) -> set[str]:
    columns = [Base.metadata.tables[name].c.fingerprint for name in KNOWN_IN]
    found = union(*(select(column).where(column.in_(fingerprints)) for column in columns))
    return set(db.session.scalars(found))
