"""The keys that sign mails: a file each, for its owner alone, and never in the database.

A file is named for when its key was made and for its selector: 20261128T093000-s2026.pem.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from mailer import addresses
from mailer.mail.dkim import Key, Private
from mailer.settings import BadSetting

# What some receivers ask for at least (RFC 8301, 3.2), and what fits into every DNS answer.
RSA_BITS = 2048

STAMP = "%Y%m%dT%H%M%S"
# One label of a name (RFC 1035, 2.3.1), in small letters.
SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
NAME = re.compile(rf"([0-9]{{8}}T[0-9]{{6}})-({SELECTOR.pattern})\.pem")
OTHERS = 0o077


class Kind(StrEnum):
    """What a key is; every receiver reads RSA, not yet all read Ed25519 (RFC 8463)."""

    RSA = "rsa"
    ED25519 = "ed25519"


@dataclass(frozen=True)
class Kept:
    """A key, and when it was made."""

    made: datetime
    key: Key


def folder(settings: Mapping[str, Any]) -> Path:
    """Where the keys lie."""
    named = settings["DKIM_FOLDER"]
    return Path(named or Path(settings["DATA_FOLDER"], "dkim")).absolute()


def domain(settings: Mapping[str, Any]) -> str:
    """The domain that signs; raises BadSetting for one that is not that of From (RFC 7489, 3.1)."""
    sender = addresses.parse(settings["SENDER_ADDRESS"]).display.rpartition("@")[2].lower()
    signer = str(settings["DKIM_DOMAIN"] or sender).lower()
    if not f".{sender}".endswith(f".{signer}") and not signer.endswith(f".{sender}"):
        raise BadSetting(
            f"DKIM_DOMAIN must be {sender}, the domain of SENDER_ADDRESS, or above or below it:"
            " a signature of another domain does not count for DMARC"
        )
    return signer


def make(settings: Mapping[str, Any], selector: str, kind: Kind, at: datetime) -> Kept:
    """A new key in a file of its own, which its owner alone may read."""
    keys = folder(settings)
    keys.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = _new(kind)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = keys / f"{at.astimezone(UTC):{STAMP}}-{selector}.pem"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(descriptor)
    return Kept(at.replace(microsecond=0), Key(domain(settings), selector, private))


def _new(kind: Kind) -> Private:
    if kind is Kind.RSA:
        return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    return ed25519.Ed25519PrivateKey.generate()


def kept(settings: Mapping[str, Any]) -> list[Kept]:
    """All keys, the oldest first; raises BadSetting for a file that cannot be used as it is."""
    signer = domain(settings)
    return [_read(path, signer) for path in sorted(folder(settings).glob("*.pem"))]


def signing(settings: Mapping[str, Any]) -> list[Key]:
    """The keys that DKIM_SELECTORS names; when it names none, the newest of each kind."""
    keys = [each.key for each in kept(settings)]
    if named := settings["DKIM_SELECTORS"]:
        chosen = {key.selector: key for key in keys if key.selector in named}
        if missing := set(named) - chosen.keys():
            raise BadSetting(
                f"DKIM_SELECTORS names {', '.join(sorted(missing))}, of which there is no key in"
                f" {folder(settings)}: make one with `mailer dkim new --selector`"
            )
    else:
        chosen = {key.algorithm: key for key in keys}
    # The one that every receiver reads comes first.
    return sorted(chosen.values(), key=lambda key: key.algorithm != Kind.RSA)


def _read(path: Path, signer: str) -> Kept:
    found = NAME.fullmatch(path.name)
    if found is None:
        raise BadSetting(
            f"{path} must be named for when it was made and for its selector, like"
            " 20261128T093000-s2026.pem"
        )
    stamp, selector = found.groups()
    made = datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
    return Kept(made, Key(signer, selector, _private(path)))


def _private(path: Path) -> Private:
    try:
        if path.stat().st_mode & OTHERS:
            raise BadSetting(f"the DKIM key {path} is open to others: chmod 600 {path}")
        private = load_pem_private_key(path.read_bytes(), password=None)
    except PermissionError:
        raise BadSetting(
            f"the DKIM key {path} cannot be read: it must belong to the user that runs mailer"
        ) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise BadSetting(f"{path} is not a private key in PEM, without a password") from None
    if isinstance(private, rsa.RSAPrivateKey) and private.key_size >= RSA_BITS:
        return private
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private
    raise BadSetting(f"the DKIM key {path} must be RSA of {RSA_BITS} bits or more, or Ed25519")
