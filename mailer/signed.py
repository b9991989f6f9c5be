"""What stands beside the chain, signed with its key: the gaps of a purge, and the anchors."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mailer.canonical import canonical
from mailer.chains import Head, Key, instant


@dataclass(frozen=True)
class Gap:
    """Events that have gone, from one number to another; the chain goes on from the last hash."""

    first_id: int
    last_id: int
    prev_hash: str
    last_hash: str
    at: datetime

    @property
    def end(self) -> Head:
        return Head(self.last_id, self.last_hash)


@dataclass(frozen=True)
class Mark:
    """Where the chain stood at that time, and how many events it held."""

    at: datetime
    seq: int
    head_hash: str
    count: int


@dataclass(frozen=True)
class Restoration:
    """A backup that ended at that event was put back, after anchors up to another."""

    at: datetime
    seq: int
    head_hash: str
    upto: int


def joined(one: Gap, next_one: Gap) -> Gap:
    """One gap in place of two, of which the second begins where the first ends."""
    return Gap(one.first_id, next_one.last_id, one.prev_hash, next_one.last_hash, next_one.at)


def sign(what: Gap | Mark | Restoration, key: Key) -> str:
    """What nobody can write without the key; a signature of one kind is none of the other."""
    told = {"what": type(what).__name__, **vars(what), "at": instant(what.at), "key_id": key.id}
    return hmac.digest(key.secret, canonical(told).encode(), "sha256").hex()


def is_ours(
    what: Gap | Mark | Restoration, key_id: str, signature: str, keys: Mapping[str, Key]
) -> bool:
    """Whether it was signed with one of those keys, and nothing was changed since."""
    key = keys.get(key_id)
    return key is not None and hmac.compare_digest(sign(what, key), signature)
