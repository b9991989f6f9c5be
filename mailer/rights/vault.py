"""Files that nobody reads without the key beside them: documents of identity, copies to hand over.

One file each in the data folder, sealed with AES-256-GCM and bound to its own name, so that none
can be put in the place of another.
"""

import hashlib
import os
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import current_app

from mailer import aead
from mailer.errors import Invalid, NotFound
from mailer.settings import kept_secrets

FOLDER, KEY = "vault", "vault-key"
# A file whose transaction has not committed by then never will.
ORPHANED = timedelta(hours=1)


def put(content: bytes) -> str:
    """Keep the content, on the disk before this returns, and give the name to find it by."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    name = secrets.token_hex(16)
    sealed = aead.seal(content, _key(), name)
    descriptor = os.open(_folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    return name


def get(name: str) -> bytes:
    """The content; raises NotFound for a file that is gone, or is not ours."""
    try:
        return aead.unseal((_folder() / name).read_bytes(), _key(), name)
    except (FileNotFoundError, IsADirectoryError, Invalid):
        raise NotFound("file") from None


def forget(name: str) -> None:
    """Delete the file; nothing when it is gone already."""
    if name:
        (_folder() / name).unlink(missing_ok=True)


def sweep(known: Collection[str], at: datetime) -> int:
    """Delete the files that no row names, an hour after they came; says how many."""
    swept = 0
    for file in _folder().glob("*"):
        came = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        if file.name not in known and came < at - ORPHANED:
            file.unlink(missing_ok=True)
            swept += 1
    return swept


def _folder() -> Path:
    return Path(current_app.config["DATA_FOLDER"]) / FOLDER


def _key() -> bytes:
    """Made at the first use, for its owner alone."""
    path = Path(current_app.config["DATA_FOLDER"]) / KEY
    return hashlib.sha256(kept_secrets(path)[-1].encode()).digest()
