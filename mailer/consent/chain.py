"""The chain of the ledger: each event's hash is keyed and holds the hash of the one before.

Whoever has the database and not the key can neither change, take away nor add an event unseen.
docs/ledger.md has the format in words.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from json.encoder import encode_basestring

from mailer.chains import instant

# What a hash covers, in the order of the canonical JSON: all but the ciphertexts and the hash.
COVERED = (
    "actor",
    "basis",
    "fingerprint",
    "form_sha256",
    "id",
    "key_id",
    "kind",
    "locale",
    "method",
    "notice_sha256",
    "occurred_at",
    "origin",
    "prev_hash",
    "purpose",
    "recorded_at",
    "sealed_sha256",
    "trace_sha256",
    "uuid",
)
# Where `form_of` leaves room, in the order of COVERED: hexadecimal but for the fingerprint.
BLANKS = {"fingerprint": "%s", "id": "%d", "prev_hash": '"%s"', "uuid": '"%s"'}


def text_of(fields: Mapping[str, object]) -> str:
    """The canonical JSON of what a hash covers, as `evidence.canonical` but several times faster.

    A million events pass here in an import.
    """
    return "{" + ",".join([f'"{name}":{_json(fields[name])}' for name in COVERED]) + "}"


def form_of(fields: Mapping[str, object]) -> str:
    """The text of events that differ in the BLANKS alone: `filled` gives what `text_of` gives."""
    parts = {name: _json(fields[name]).replace("%", "%%") for name in COVERED if name not in BLANKS}
    return "{" + ",".join([f'"{name}":{(parts | BLANKS)[name]}' for name in COVERED]) + "}"


def filled(form: str, fingerprint: str, number: int, previous: str, name: str) -> str:
    """The canonical JSON of one of those events."""
    return form % (encode_basestring(fingerprint), number, previous, name)


def _json(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, datetime):
        return f'"{instant(value)}"'
    return "null" if value is None else str(value)


def digest(ciphertext: bytes | None) -> str | None:
    """What the chain keeps of a ciphertext: it outlives the ciphertext."""
    return None if ciphertext is None else hashlib.sha256(ciphertext).hexdigest()
