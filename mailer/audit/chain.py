"""What the chain of the record covers: every column of an entry, its place and the link before."""

from collections.abc import Mapping
from datetime import datetime

from mailer.canonical import canonical
from mailer.chains import Head, Key, hash_of, instant

COVERED = ("actor", "at", "for_case", "id", "subject", "verb", "why")


def text_of(entry: Mapping[str, object], last: Head, key: Key) -> str:
    """The canonical JSON of the entry that comes after that head."""
    said = {name: _told(entry[name]) for name in COVERED}
    return canonical({**said, "key_id": key.id, "prev_hash": last.hash, "seq": last.seq + 1})


def linked(entry: Mapping[str, object], last: Head, key: Key) -> Head:
    """Where the chain stands once the entry has its link."""
    return Head(last.seq + 1, hash_of(text_of(entry, last, key), key))


def _told(value: object) -> object:
    return instant(value) if isinstance(value, datetime) else value
