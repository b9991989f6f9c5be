"""Reading the versions of the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from mailer.db import db
from mailer.errors import NotFound
from mailer.register.changes import Change, between
from mailer.register.models import RegisterVersion
from mailer.register.sheet import read

SHOWN = 50


@dataclass(frozen=True)
class Step:
    """A version, and what it changed; the first changed nothing."""

    version: RegisterVersion
    changes: Sequence[Change]


def newest() -> RegisterVersion | None:
    """The version in force, or None before the first was kept."""
    return db.session.scalars(
        select(RegisterVersion).order_by(RegisterVersion.id.desc()).limit(1)
    ).first()


def by_id(version_id: int) -> RegisterVersion:
    """The version of that number; raises NotFound."""
    version = db.session.get(RegisterVersion, version_id)
    if version is None:
        raise NotFound("version")
    return version


def history() -> list[Step]:
    """The last versions with what each changed, the newest first."""
    found = db.session.scalars(
        select(RegisterVersion).order_by(RegisterVersion.id.desc()).limit(SHOWN + 1)
    ).all()
    sheets = [read(version.content) for version in found]
    steps = [
        Step(version, list(between(before, after)))
        for version, after, before in zip(found, sheets, sheets[1:], strict=False)
    ]
    first = [Step(found[-1], [])] if found and len(found) <= SHOWN else []
    return [*steps, *first]
