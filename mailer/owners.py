"""Whose files they are: what root writes must be opened by a program that is not root."""

import os
from pathlib import Path


def give(path: Path, like: Path) -> None:
    """Let the path belong to whom the other belongs to; only root can, and only root need."""
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
